/** `npm run bench`: the budgets of the design and what this machine measures now, as shares of the budget. */
import { parseArgs } from 'node:util';
import { authorizerCpu } from './authorizer-cpu.ts';
import { warmRead, writeUnits } from './aws-calls.ts';
import { coldLoad } from './cold-load.ts';
import { detection } from './detection.ts';
import { measureAlone, queryTable } from './queries.ts';
import { print, progress, type Row } from './row.ts';
import { scale } from './scale.ts';
import { onboarding, start } from './start.ts';
import { startSystem } from './system.ts';

const help = `npm run bench: measure the budgets of the design

Usage: npm run bench -- [options]

  --quick   Leave out the million items (the rest takes about a minute)
  --queries Only the query shapes: what each costs at 10,000 services
  --json    Answer as JSON

Times are this machine's and noisy; read the last columns: a share of 1 is the budget.
`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    queries: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});

const measureAll = async (): Promise<Row[]> => {
  const rows = await start();
  const system = await startSystem();
  try {
    const owner = await system.onboard('bench');
    const { token } = owner;
    rows.push(...coldLoad(system.assembly), ...(await warmRead(system, token)), ...(await writeUnits(system, token)));
    rows.push(...(await authorizerCpu(system, token)), ...(await onboarding(system)));
    rows.push(...(await detection(system, token)));
    if (!values.quick) rows.push(...(await scale(system, owner)));
  } finally {
    await system.stop();
  }
  return rows;
};

if (values.help) console.log(help);
else if (values.queries) {
  const measured = await measureAlone();
  console.log(values.json ? JSON.stringify(measured, null, 2) : queryTable(measured));
} else {
  const rows = await measureAll();
  console.log(values.json ? JSON.stringify(rows, null, 2) : `\n${print(rows)}`);
  if (rows.some(({ share }) => !(share <= 1))) progress('\nA budget is exceeded.');
}
