import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from '../../../lambdas/contract.ts';
import { permissionsOf, type Role, roles } from '../../../lambdas/kernel/permissions.ts';
import { workerTwin } from '../../harness/twin.ts';
import { askValidly, type Verdict, verdictOf } from './behaviour.ts';

const file = join(import.meta.dirname, 'permissions.golden.txt');

const header = `Which role may call which route, as the running system answers it. Reviewed by a person.
To change it: make the change in the contract or in lambdas/kernel/permissions.ts, run
  UPDATE_GOLDEN=1 npx jest --selectProjects security test/security/wall-1/golden
and review every line of the difference as what it is: a right given or taken away.
`;

type Row = readonly [method: string, path: string, permission: string, ...verdicts: string[]];

const tableOf = (rows: readonly Row[]): string => {
  const all = [['method', 'route', 'permission', ...roles], ...rows];
  const widths = ['method', 'route', 'permission', ...roles].map((_, at) =>
    Math.max(...all.map((row) => (row[at] ?? '').length)),
  );
  return all
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const render = (verdictFor: (route: (typeof contract)[number], role: Role) => Verdict): string => {
  const rows = contract.map(
    (route): Row => [route.method, route.path, route.permission, ...roles.map((role) => verdictFor(route, role))],
  );
  return `${header}\n${tableOf(rows)}\n`;
};

/** Each role's token tries each route for real. */
const tried = async (): Promise<string> => {
  const twin = await workerTwin();
  const tenant = await twin.tenant();
  const verdicts = new Map<string, Verdict>();
  for (const role of roles) {
    const { token } = await tenant.issue({ role });
    for (const route of contract) {
      const reply = await askValidly(twin.addresses.apiUrl, route, tenant, token);
      verdicts.set(`${role} ${route.operation}`, verdictOf(route, reply));
    }
  }
  return render((route, role) => verdicts.get(`${role} ${route.operation}`) ?? 'refused');
};

it('no right of a role changes unreviewed: what the system does is what permissions.golden.txt says', async () => {
  const now = await tried();
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, now);
  const reviewed = readFileSync(file, 'utf8');
  if (now !== reviewed) {
    const changed = now.split('\n').filter((line) => !reviewed.includes(line));
    const gone = reviewed.split('\n').filter((line) => !now.includes(line));
    throw new Error(
      `Rights differ from test/security/wall-1/permissions.golden.txt, whose head says how to change it.\n` +
        [...gone.map((line) => `- ${line}`), ...changed.map((line) => `+ ${line}`)].join('\n'),
    );
  }
});

it('the reviewed rights are those that the permission table declares', () => {
  const declared = render((route, role) =>
    route.permission === 'public' || permissionsOf[role].includes(route.permission) ? 'allowed' : 'refused',
  );
  expect(readFileSync(file, 'utf8')).toBe(declared);
});
