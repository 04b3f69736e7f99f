import type { Context } from 'aws-lambda';
import bcrypt from 'bcrypt';
import { handler } from '../../../lambdas/authorizer/function.ts';
import { hashOfNobody } from '../../../lambdas/platform/secret-hash.ts';
import { credentialsIn } from '../../harness/credential-scan.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';
import { badCredentials } from './bad-credentials.ts';

const cost = 10;
const context = { awsRequestId: 'one' } as Context;

/** The authorizer's own code in this process, as its role, so that its comparisons can be counted. */
describe('the work that a guess costs', () => {
  let twin: TestTwin;
  let tenant: FreshTenant;
  let other: FreshTenant;
  const compare = bcrypt.compare;
  const compared: number[] = [];
  const write = process.stdout.write;
  const logged: string[] = [];

  beforeAll(async () => {
    twin = await workerTwin();
    [tenant, other] = [await twin.tenant(), await twin.tenant()];
    const { accessKeyId, secretAccessKey, sessionToken } = await twin.control.session('ringfence-local-authorizer');
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: twin.addresses.endpointUrl,
      AWS_REGION: twin.addresses.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      STAGE: 'local',
      TOKEN_COST: String(cost),
    });
    const counted = (secret: string, hash: string): Promise<boolean> => {
      compared.push(bcrypt.getRounds(hash));
      return compare(secret, hash);
    };
    Object.assign(bcrypt, { compare: counted });
    process.stdout.write = (line) => logged.push(String(line)) > 0;
  });
  afterAll(() => {
    Object.assign(bcrypt, { compare });
    process.stdout.write = write;
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.filter((line) => credentialsIn(line).length > 0)).toEqual([]);
  });

  const workFor = async (authorizationToken: string) => {
    compared.length = 0;
    const next = await twin.control.callsSoFar();
    const methodArn = 'arn:aws:execute-api:us-east-1:000000000000:api/local/GET/v1/me';
    const answer = await handler({ type: 'TOKEN', methodArn, authorizationToken }, context).catch(
      (error: Error) => error.message,
    );
    const { entries } = await twin.control.calls(next);
    return { answer, compared: [...compared], calls: entries.map(({ operation }) => operation) };
  };

  const guesses = badCredentials.filter(({ reason }) => reason === 'unknown' || reason === 'wrong-secret');
  it.each(guesses)('$name: one read, one comparison of full cost, one answer', async ({ header }) => {
    expect(await workFor(header(tenant.token, other.id) ?? '')).toEqual({
      answer: 'Unauthorized',
      compared: [cost],
      calls: ['BatchGetItem'],
    });
  });

  // The gateway asks for the scheme; a good token is good without it here.
  const junk = badCredentials.filter(
    ({ name, reason }) => !guesses.some((guess) => guess.reason === reason) && name !== 'a good token without a scheme',
  );
  it.each(junk)('$name: no read and no comparison', async ({ header }) => {
    expect(await workFor(header(tenant.token, other.id) ?? '')).toEqual({
      answer: 'Unauthorized',
      compared: [],
      calls: [],
    });
  });

  it('the hash of nobody is one that bcrypt works through, and that no secret has', async () => {
    const nobody = hashOfNobody(cost);
    const worked = await bcrypt.hash('anything', nobody.slice(0, 29));
    expect(worked.slice(0, 29)).toBe(nobody.slice(0, 29));
    expect(worked).toHaveLength(60);
    expect(worked).not.toBe(nobody);
    expect(await compare('', nobody)).toBe(false);
  });
});
