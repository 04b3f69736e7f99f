import { routesJson, routeTable } from '../../../bin/route-table.ts';
import { contract } from '../../../lambdas/contract.ts';

const lines = routeTable(contract).split('\n');

it('the route table has a line for each route, none wider than a terminal', () => {
  expect(lines).toHaveLength(contract.length + 1);
  expect(lines[0]).toMatch(/^METHOD +PATH +PERMISSION +AUDIT +TOUCHES$/);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  const revoke = lines.find((line) => line.includes('/v1/tokens/{tokenId} '));
  expect(revoke?.split(/ {2,}/)).toEqual([
    'DELETE',
    '/v1/tokens/{tokenId}',
    'tokens:revoke!',
    'token.revoked',
    'tokens*',
  ]);
});

it('the routes for programs are all routes', () => {
  const rows = JSON.parse(routesJson(contract)) as { operation: string }[];
  expect(rows.map(({ operation }) => operation)).toEqual(contract.map(({ operation }) => operation));
});
