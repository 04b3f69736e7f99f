import { randomBytes } from 'node:crypto';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { callerOf } from '../../harness/caller.ts';
import type { TestTwin } from '../../harness/twin.ts';

export interface Registration {
  readonly slug: string;
  readonly tenant: string;
  readonly owner: string;
  readonly step: string;
  readonly state: string;
  readonly firstToken?: string;
}
export interface Answer {
  readonly status: number;
  readonly registration?: Registration;
  readonly token?: string;
  readonly code?: string;
}

export const newSlug = (): string => `t${randomBytes(6).toString('hex')}`;
export const creationOf = (slug: string) => ({
  command: 'create',
  slug,
  name: `Tenant ${slug}`,
  ownerEmail: `owner@${slug}.example`,
});

/** One attempt of the operators' function, without the command line's own repetitions. */
export const attempt = async ({ control }: TestTwin, command: object): Promise<Answer> => {
  const { payload, functionError } = await control.invoke('ringfence-local-operators', {
    body: JSON.stringify(command),
    requestContext: {
      requestId: 'test',
      http: { sourceIp: '127.0.0.1' },
      authorizer: { iam: { userArn: 'arn:aws:sts::000000000000:assumed-role/Test/operator' } },
    },
  });
  if (functionError) throw new Error(`The operators' function failed: ${JSON.stringify(payload)}`);
  const { statusCode, body } = payload as { statusCode: number; body: string };
  return { status: statusCode, ...JSON.parse(body) };
};

/** Whether a tenant is what one undisturbed creation makes: each thing once, and one way in. */
export const expectSound = async (twin: TestTwin, { registration, token = '' }: Answer): Promise<void> => {
  if (!registration) throw new Error('There is no registration.');
  const { tenant, owner, firstToken } = registration;
  const caller = callerOf(twin, token);
  expect((await caller.ask('GET', '/v1/tenant')).json).toMatchObject({ id: tenant, state: 'active' });
  const tokens = await caller.all<{ id: string; user: string; state: string }>('/v1/tokens');
  expect(tokens).toEqual([expect.objectContaining({ id: firstToken, user: owner, state: 'active' })]);
  expect((await caller.audited('tenant.created')).map(({ subject }) => subject)).toEqual([tenant]);
  const issued = (await caller.audited('token.issued')).map(({ subject }) => subject);
  expect(issued).toContain(firstToken);
  expect(new Set(issued).size).toBe(issued.length);
};

/** 200 for a token that works, 401 for a dead one. */
export const statusOf = async (twin: TestTwin, token: string): Promise<number> =>
  (await callerOf(twin, token).ask('GET', '/v1/me')).status;

/** Who acted, as the audit table has it, read with a session of the audit feature's tenant role. */
export const storedPrincipals = async (
  { addresses, control }: TestTwin,
  tenant: string,
): Promise<readonly string[]> => {
  const client = new DynamoDBClient({
    endpoint: addresses.endpointUrl,
    region: addresses.region,
    credentials: await control.session('ringfence-local-audit-tenant', { tenant }),
  });
  const month = new Date(await control.now()).toISOString().slice(0, 7);
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: 'ringfence-local-audit',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: `${tenant}#audit#${month}` } },
    }),
  );
  client.destroy();
  return Items.map(({ principal }) => principal?.S ?? '');
};
