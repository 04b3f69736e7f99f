import { setTimeout as wait } from 'node:timers/promises';
import { atOnce, callerOf } from '../../harness/caller.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';
import { attempt, creationOf, expectSound, newSlug, statusOf } from './operators.ts';

let twin: SoloTwin;
beforeAll(async () => {
  twin = await soloTwin();
});
afterAll(() => twin.end());

it('operators who create one slug at once make one tenant, and hold at most one token that works', async () => {
  for (let round = 0; round < 4; round += 1) {
    const slug = newSlug();
    const answers = await atOnce(8, () => attempt(twin, creationOf(slug)));
    for (const { status, code } of answers.filter((answer) => answer.status !== 200))
      expect([status, code]).toEqual([412, 'version-mismatch']);
    const holders = answers.filter(({ token }) => token);
    const works = await Promise.all(holders.map(({ token = '' }) => statusOf(twin, token)));
    expect(works.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
    // Nobody can end the creation with a token that is dead.
    for (const [at, { registration }] of holders.entries()) {
      const confirmed = await attempt(twin, { command: 'confirm', slug, token: registration?.firstToken });
      expect(confirmed.status).toBe(works[at] === 200 ? 200 : 412);
    }
    const repeated = await attempt(twin, creationOf(slug));
    const alive = repeated.token ? repeated : holders[works.indexOf(200)];
    await expectSound(twin, { ...repeated, ...alive });
    expect(new Set(holders.map(({ registration }) => registration?.tenant)).size).toBeLessThanOrEqual(1);
  }
});

it.each([
  ['its first token', false],
  ['a token in the place of another', true],
])('an operator who stops in the middle of issuing %s, and is overtaken, issues none', async (_, isRepeat) => {
  const slug = newSlug();
  if (isRepeat) await attempt(twin, creationOf(slug));
  const next = await twin.control.callsSoFar();
  const issues = { service: 'dynamodb', operation: 'TransactWriteItems', kind: 'delay' } as const;
  // Data key and tenant are made in transactions of their own before.
  if (!isRepeat) await twin.control.fault({ ...issues, ms: 0, times: 2 });
  await twin.control.fault({ ...issues, ms: 1500, times: 1 });
  const stopped = attempt(twin, creationOf(slug));
  const claims = async () =>
    (await twin.control.calls(next)).entries.filter(({ operation }) => operation === 'PutItem').length;
  while ((await claims()) < (isRepeat ? 1 : 4)) await wait(20);
  await wait(200);
  const overtaking = await attempt(twin, creationOf(slug));
  expect(await stopped).toMatchObject({ status: 412, code: 'version-mismatch' });
  await expectSound(twin, overtaking);
});

it('operators who want one slug for different tenants: one has it, the others are told', async () => {
  const slug = newSlug();
  const answers = await atOnce(8, (n) => attempt(twin, { ...creationOf(slug), name: `Company ${n}` }));
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBeGreaterThanOrEqual(7);
  for (const { code } of refused) expect(['tenant-differs', 'version-mismatch']).toContain(code);
});

it('many tenants onboarded at once, while the API serves, are each sound and each their own', async () => {
  const { token } = await twin.tenant();
  const customer = callerOf(twin, token);
  const [answers, reads] = await Promise.all([
    atOnce(12, () => attempt(twin, creationOf(newSlug()))),
    atOnce(20, () => customer.ask('GET', '/v1/services')),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
  expect(reads.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(new Set(answers.map(({ registration }) => registration?.tenant)).size).toBe(12);
  for (const answer of answers) await expectSound(twin, answer);
});
