/**
 * What an attacker would leave in a feature function: it does whatever the body of the request says, in the session that
 * our own platform opens for the verified caller, or for any tenant it is told. Bundled by `hostileAssembly`.
 */
import * as dynamoDb from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { TenantId } from '../../../lambdas/kernel/id.ts';
import { verifyAssertion } from '../../../lambdas/platform/assertion.ts';
import { tenantClient } from '../../../lambdas/platform/tenant-clients.ts';
import { openSession } from '../../../lambdas/platform/tenant-session.ts';
import type { Order, Result } from './order.ts';

type AnyCommand = new (input: Order['input']) => dynamoDb.ListTablesCommand;

const obey = async ({ tenant, command, input }: Order, own: TenantId): Promise<unknown> => {
  const whose = (tenant ?? own) as TenantId;
  if (command === 'get') return openSession(whose).get('services', String(input.key));
  const Command = (dynamoDb as unknown as Record<string, AnyCommand>)[`${command}Command`];
  if (!Command) throw new Error(`There is no command ${command}.`);
  return tenantClient(whose).send(new Command(input));
};

export const handler = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const { tenant } = await verifyAssertion(event.requestContext.authorizer?.assertion);
  const result: Result = await obey(JSON.parse(event.body ?? '{}') as Order, tenant).then(
    (answer) => ({ answer }),
    (error: Error) => ({ error: error.name }),
  );
  return { statusCode: 200, body: JSON.stringify(result), headers: { 'Content-Type': 'application/json' } };
};
