import { callOperators } from '../../../bin/call-operators.ts';
import { ask } from '../../harness/http.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';
import { operate } from '../../harness/tenant.ts';
import { creationOf, newSlug } from './operators.ts';

let twin: SoloTwin;
let url: string;
beforeAll(async () => {
  twin = await soloTwin();
  url = Object.values(twin.addresses.outputs).find((values) => values.OperatorsUrl)?.OperatorsUrl ?? '';
});
afterAll(() => twin.end());

const forged = 'arn:aws:iam::000000000000:user/somebody-else';

it.each([
  ['operator', forged],
  ['principal', forged],
  ['createdBy', forged],
  ['requestContext', { authorizer: { iam: { userArn: forged } } }],
])('a body cannot say who operates: %s is refused, and nothing is made', async (name, value) => {
  const command = { ...creationOf(newSlug()), [name]: value };
  await expect(operate(twin.addresses, command)).rejects.toThrow('expected no such property');
  await expect(operate(twin.addresses, { command: 'show', slug: command.slug })).rejects.toThrow('no tenant');
});

it('nobody operates without a signature, nor a function’s or a tenant’s role with one', async () => {
  const { origin, pathname } = new URL(url);
  const unsigned = await ask(origin, 'POST', pathname, {
    body: creationOf(newSlug()),
    headers: [['x-amzn-lambda-user-arn', forged]],
  });
  expect(unsigned.status).toBe(403);
  for (const role of ['ringfence-local-catalog', 'ringfence-local-operators', 'ringfence-local-operators-tenant']) {
    const credentials = await twin.control.session(role, { tenant: 'ten_000000000000' });
    const endpoint = { url, region: twin.addresses.region, credentials };
    await expect(callOperators(endpoint, { command: 'list' })).rejects.toThrow('AWS refused the call');
  }
});
