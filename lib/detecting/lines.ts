import type { SecurityEvent } from '../../lambdas/functions.ts';
import { apiName, deadLetterQueueName, functionName } from '../names.ts';
import type { Stage } from '../stage.ts';
import type { Measured } from './sample.ts';

const tenant = 'tnt_sample';

/** One line of the access log. */
export const call = (more: Readonly<Record<string, string>> = {}) => ({
  access: {
    ip: '203.0.113.7',
    method: 'GET',
    resourcePath: '/v1/services',
    status: '200',
    tenant,
    errorType: '-',
    integrationLatency: '35',
    responseLatency: '41',
    ...more,
  },
});

export const refused = (more: Readonly<Record<string, string>> = {}) =>
  call({ status: '401', tenant: '-', errorType: 'UNAUTHORIZED', integrationLatency: '-', ...more });

type Failed = Extract<SecurityEvent, { event: 'authentication-failed' }>;

export const failedAuthentication = (more: Partial<Failed> = {}): { security: SecurityEvent; from: string } => ({
  security: { event: 'authentication-failed', reason: 'wrong-secret', tenant, credential: 'tok_sample', ...more },
  from: 'authorizer',
});

export const reported = (security: SecurityEvent, from = 'catalog') => ({ security, from });

const measured =
  (namespace: string, dimensions: Readonly<Record<string, string>>) => (name: string, value: number) => ({
    measured: { namespace, name, dimensions, value } satisfies Measured,
  });

export const functionMetric = (stage: Stage, name: string) =>
  measured('AWS/Lambda', { FunctionName: functionName(stage, { name }) });
export const apiMetric = (stage: Stage) => measured('AWS/ApiGateway', { ApiName: apiName(stage), Stage: stage.name });
export const queueMetric = (stage: Stage, name: string) =>
  measured('AWS/SQS', { QueueName: deadLetterQueueName(stage, { name }) });
export const logGroupMetric = (group: string) => measured('AWS/Logs', { LogGroupName: group });
