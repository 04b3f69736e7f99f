import { type StandIns, startStandIns } from '../../../local/stand-ins/stand-ins.ts';

let standIns: StandIns;
beforeEach(async () => {
  standIns = await startStandIns();
});
afterEach(() => standIns.stop());

const misbehaviour = { method: 'POST', body: JSON.stringify({ vendor: 'slack', kind: 'refuse' }) };

it('only who has the whole address sees what came, or makes them misbehave', async () => {
  const { origin } = new URL(standIns.url);
  for (const path of ['/pages', '/alerts', '//pages', '/x/pages'])
    expect((await fetch(`${origin}${path}`)).status).toBe(404);
  expect((await fetch(`${origin}/misbehaviours`, misbehaviour)).status).toBe(404);
  expect((await fetch(`${standIns.url}/pages`)).status).toBe(200);
  expect((await fetch(`${standIns.url}/alerts`)).status).toBe(200);
  expect((await fetch(`${standIns.url}/misbehaviours`, misbehaviour)).status).toBe(200);
});
