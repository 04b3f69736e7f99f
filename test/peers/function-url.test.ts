import type { FreshTenant } from '../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../harness/twin.ts';
import { itWith } from './programs.ts';
import { runPython } from './run-program.ts';

let twin: TestTwin;
let tenant: FreshTenant;
beforeAll(async () => {
  twin = await workerTwin();
  tenant = await twin.tenant();
});

/** As a caller of the operators' function would sign with botocore. */
const signed = (changed: Readonly<Record<string, string>> = {}) => {
  const { outputs, region, administrator } = twin.addresses;
  const url = Object.values(outputs).find((values) => values.OperatorsUrl)?.OperatorsUrl ?? '';
  const body = JSON.stringify({ command: 'show', slug: tenant.slug });
  return { url, region, service: 'lambda', body, ...administrator, ...changed };
};
const call = (...attempts: readonly object[]) =>
  runPython<readonly { readonly status: number; readonly json: unknown }[]>('botocore', 'sign-and-call.py', attempts);

itWith('botocore')('the operators’ function answers an AWS identity whose signature is botocore’s', async () => {
  expect(await call(signed())).toMatchObject([{ status: 200, json: { registration: { tenant: tenant.id } } }]);
});

itWith('botocore')('it is closed to everybody else, and to signatures for anything else', async () => {
  const stranger = await twin.control.session('ringfence-local-catalog');
  const answers = await call(
    signed({ service: '' }),
    signed({ service: 'execute-api' }),
    signed({ region: 'eu-west-3' }),
    signed({ secretAccessKey: 'x' }),
    signed({ sessionToken: 'x' }),
    signed({ sentBody: JSON.stringify({ command: 'list' }) }),
    signed({ ...stranger }),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
  expect(JSON.stringify(answers)).not.toContain('registration');
});
