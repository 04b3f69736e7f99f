/** Run by authorizer-cpu.ts in a process of its own, so that only the authorizer's own CPU is counted. */
import type { APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import { readCredential } from '../lambdas/authorizer/credential-store.ts';
import { handler } from '../lambdas/authorizer/function.ts';
import { parseToken } from '../lambdas/model/token-format.ts';
import { median } from './row.ts';

const blocks = 40;
/** The first ones compile. */
const warmUp = 12;
const pairsPerBlock = 75;

/** CPU milliseconds of this process while something runs. */
const cpuOf = async (run: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

const token = process.env.BENCH_TOKEN ?? '';
const parts = parseToken(token);
if (!parts) throw new Error('BENCH_TOKEN is no token.');
const event: APIGatewayTokenAuthorizerEvent = {
  type: 'TOKEN',
  authorizationToken: `Bearer ${token}`,
  methodArn: 'arn:aws:execute-api:us-east-1:000000000000:bench/local/GET/v1/me',
};
const context = { awsRequestId: 'bench' } as Context;
const differences: number[] = [];
for (let block = 0; block < blocks; block += 1) {
  let difference = 0;
  // One after the other, so that whatever else the machine does meets both alike.
  for (let pair = 0; pair < pairsPerBlock; pair += 1) {
    difference -= await cpuOf(() => readCredential(parts));
    difference += await cpuOf(() => handler(event, context));
  }
  if (block >= warmUp) differences.push(difference / pairsPerBlock);
}
console.log(JSON.stringify({ ms: median(differences) }));
