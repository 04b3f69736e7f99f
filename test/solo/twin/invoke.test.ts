import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand, type InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { startControl } from '../../../local/control.ts';
import type { Credentials } from '../../../local/types.ts';
import { runFixture } from './run-fixture.ts';

let fixture: Awaited<ReturnType<typeof runFixture>>;
const clients: LambdaClient[] = [];
beforeAll(async () => {
  fixture = await runFixture();
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await fixture.stop();
});

const invoke = async (
  credentials: Credentials,
  FunctionName: string,
  event: unknown,
  more: Partial<InvokeCommandInput> = {},
) => {
  const { endpointUrl: endpoint, region } = fixture.twin;
  const client = new LambdaClient({ endpoint, region, credentials, maxAttempts: 1 });
  clients.push(client);
  const { Payload, ...answer } = await client.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), ...more }),
  );
  return { ...answer, text: Buffer.from(Payload ?? []).toString() };
};
const administrator = () => fixture.twin.administrator;
const arnOf = (name: string) => `arn:aws:lambda:eu-central-1:000000000000:function:${name}`;

it('invokes a function by name and by ARN, and gives its answer and the end of its log', async () => {
  for (const name of ['misbehave', arnOf('misbehave')]) {
    const answer = await invoke(administrator(), name, { how: 'nothing' }, { LogType: 'Tail' });
    expect(JSON.parse(answer.text)).toEqual({ statusCode: 200, body: 'fine' });
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer.FunctionError).toBeUndefined();
    expect(Buffer.from(answer.LogResult ?? '', 'base64').toString()).toContain('about to nothing');
  }
});

it('tells that a function failed, and why, without failing itself', async () => {
  const answer = await invoke(administrator(), 'misbehave', { how: 'throw' });
  expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
  expect(JSON.parse(answer.text)).toMatchObject({ errorType: 'TypeError', errorMessage: 'broken' });
});

it('runs an event later, and answers at once', async () => {
  const { twin } = fixture;
  const { next } = twin.logs.since(0);
  const answer = await invoke(administrator(), 'misbehave', { how: 'event' }, { InvocationType: 'Event' });
  expect(answer).toMatchObject({ StatusCode: 202, text: '' });
  for (let tries = 0; tries < 200 && twin.logs.since(next).entries.length === 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(twin.logs.since(next).entries).toMatchObject([{ message: expect.stringContaining('about to event') }]);
});

it('refuses who may not, and says nothing of whether the function is there', async () => {
  const stranger = fixture.twin.credentialsFor('stranger');
  for (const name of ['misbehave', 'nowhere'])
    await expect(invoke(stranger, name, {})).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`lambda:InvokeFunction on resource: ${arnOf(name)}`),
    });
  await expect(invoke(administrator(), 'nowhere', {})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it("lets in whom the function's policy names for it, and not whom it names for its URL alone", async () => {
  // grantInvokeUrl gives lambda:InvokeFunction on condition of the function URL.
  const operator = fixture.twin.credentialsFor('operator');
  await expect(invoke(operator, 'url', {})).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

it.each([
  [{ Payload: 'no json' }, 'InvalidRequestContentException'],
  [{ Qualifier: 'live' }, 'InvalidParameterValueException'],
  [{ ClientContext: 'e30=' }, 'InvalidParameterValueException'],
])('refuses %j', async (more, name) => {
  await expect(invoke(administrator(), 'misbehave', {}, more)).rejects.toMatchObject({ name });
});

it('is throttled beyond the reserved concurrency', async () => {
  const all = await Promise.allSettled([1, 2, 3].map(() => invoke(administrator(), 'slow', {})));
  expect(all.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: { name: 'TooManyRequestsException' } },
  ]);
});

describe('the control server', () => {
  it("puts another bundle in a function's place at once, and the template's again", async () => {
    const { twin, directory } = fixture;
    const control = await startControl(twin, 0);
    const call = async (method: string, body: object) => {
      const answer = await fetch(`${control.url}/code`, { method, body: JSON.stringify(body) });
      return { status: answer.status, text: await answer.text() };
    };
    const folder = join(directory, 'other');
    mkdirSync(folder);
    writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => "other";');
    const answered = async () => (await invoke(administrator(), 'misbehave', { how: 'nothing' })).text;
    expect(await answered()).toContain('fine');
    const slow = invoke(administrator(), 'slow', {});
    expect((await call('POST', { function: 'misbehave', directory: folder })).status).toBe(200);
    expect((await call('POST', { function: 'slow', directory: folder })).status).toBe(200);
    expect(await answered()).toBe('"other"');
    // What was running when its code was replaced ends as it began, and serves nobody after.
    expect((await slow).text).toContain('200');
    expect((await invoke(administrator(), 'slow', {})).text).toBe('"other"');
    for (const name of ['misbehave', 'slow']) expect((await call('DELETE', { function: name })).status).toBe(200);
    expect(await answered()).toContain('fine');
    expect(await call('POST', { function: 'misbehave', directory: '/nowhere' })).toMatchObject({
      status: 400,
      text: expect.stringContaining('/nowhere has no bundle'),
    });
    await control.stop(0);
  });

  it('answers only at the address that it was given, which others cannot know', async () => {
    const control = await startControl(fixture.twin, 0);
    const { origin, pathname } = new URL(control.url);
    expect(pathname.length).toBeGreaterThan(30);
    const tries = ['/info', '/', '', '//info', `${pathname.slice(0, -1)}/info`, `${pathname}x/info`, '/x/info'];
    for (const path of tries) expect((await fetch(`${origin}${path}`)).status).toBe(403);
    const credentials = await fetch(`${origin}/credentials`, { method: 'POST', body: '{"role":"operator"}' });
    expect([credentials.status, await credentials.text()]).toEqual([403, expect.not.stringContaining('ASIA')]);
    expect((await fetch(`${control.url}/info`)).status).toBe(200);
    await control.stop(0);
  });

  it('takes a record for the trail, says that nobody kept it, and refuses what is none', async () => {
    const control = await startControl(fixture.twin, 0);
    const tell = async (record: unknown) => {
      const answer = await fetch(`${control.url}/trail`, { method: 'POST', body: JSON.stringify({ record }) });
      return [answer.status, await answer.text()];
    };
    const record = { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser', userIdentity: { type: 'Root' } };
    // The fixture has no trail.
    expect(await tell(record)).toEqual([200, '{"record":null}']);
    expect(await tell({ ...record, eventName: 7 })).toEqual([400, expect.stringContaining('eventName 7')]);
    expect(await tell(undefined)).toEqual([400, expect.stringContaining('eventSource')]);
    await control.stop(0);
  });

  it('is found by those who may read the data folder', async () => {
    fixture.twin.announce({ control: 'http://127.0.0.1:1/secret' });
    fixture.twin.announce({ standIns: 'http://127.0.0.1:2' });
    const file = join(fixture.directory, 'data', 'twin.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      control: 'http://127.0.0.1:1/secret',
      standIns: 'http://127.0.0.1:2',
      endpoint: fixture.twin.endpointUrl,
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
