/** Run by authorizer-cpu.ts in a process of its own, so that only the authorizer's own CPU is counted. */
import type { APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { readCredential } from '../lambdas/authorizer/credential-store.ts';
import { handler } from '../lambdas/authorizer/function.ts';
import { parseToken } from '../lambdas/model/token-format.ts';
import { median } from './row.ts';

const rounds = 15;
const callsPerRound = 200;

/** CPU milliseconds of this process per call. */
const cpuPerCall = async (run: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  for (let call = 0; call < callsPerRound; call += 1) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / callsPerRound;
};

const token = process.env.BENCH_TOKEN ?? '';
const parts = parseToken(token);
if (!parts) throw new Error('BENCH_TOKEN is no token.');
const event: APIGatewayTokenAuthorizerEvent = {
  type: 'TOKEN',
  authorizationToken: `Bearer ${token}`,
  methodArn: 'arn:aws:execute-api:us-east-1:000000000000:bench/local/GET/v1/me',
};
const differences: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  // Whichever runs first pays for what the other finds warm: they take turns.
  const first = round % 2 === 0;
  const one = await cpuPerCall(first ? () => readCredential(parts) : () => handler(event));
  const other = await cpuPerCall(first ? () => handler(event) : () => readCredential(parts));
  // The first rounds compile.
  if (round >= 5) differences.push(first ? other - one : one - other);
}
console.log(JSON.stringify({ ms: median(differences) }));
