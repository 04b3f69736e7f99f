import type { APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { median, progress, type Row } from './row.ts';
import type { System } from './system.ts';

const budgetMs = 0.2;
const rounds = 9;
const callsPerRound = 300;

/** CPU milliseconds of this process per call. */
const cpuPerCall = async (run: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  for (let call = 0; call < callsPerRound; call += 1) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / callsPerRound;
};

/**
 * The authorizer's own work beyond its read: the whole handler, warm and with a remembered secret, less the read alone,
 * both in this process against the same endpoint.
 */
export const authorizerCpu = async (system: System, token: string): Promise<Row[]> => {
  progress('CPU of the authorizer …');
  const { accessKeyId, secretAccessKey, sessionToken } = system.twin.credentialsFor('ringfence-local-authorizer');
  const variables = system.twin.variablesOf('ringfence-local-authorizer');
  Object.assign(process.env, variables, {
    AWS_REGION: system.twin.region,
    AWS_ENDPOINT_URL: system.twin.endpointUrl,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  });
  const { handler } = await import('../lambdas/authorizer/function.ts');
  const { readCredential } = await import('../lambdas/authorizer/credential-store.ts');
  const { parseToken } = await import('../lambdas/model/token-format.ts');
  const parts = parseToken(token);
  if (!parts) throw new Error('The bench token does not parse.');
  const event: APIGatewayTokenAuthorizerEvent = {
    type: 'TOKEN',
    authorizationToken: `Bearer ${token}`,
    methodArn: 'arn:aws:execute-api:us-east-1:000000000000:bench/local/GET/v1/me',
  };
  await handler(event);
  const differences: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const read = await cpuPerCall(() => readCredential(parts));
    differences.push((await cpuPerCall(() => handler(event))) - read);
  }
  const measured = median(differences);
  return [
    {
      what: 'authorizer, warm: CPU beyond its read',
      budget: `≤ ${budgetMs} ms`,
      measured: `${measured.toFixed(3)} ms`,
      share: Math.max(0, measured) / budgetMs,
    },
  ];
};
