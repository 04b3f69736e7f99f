import { apiName, functionName, logGroupName } from '../names.ts';
import type { Stage } from '../stage.ts';
import type { Metric } from './signal.ts';

type Statistic = Metric['statistic'];

/** What API Gateway measures: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
export const ofApi = (
  stage: Stage,
  id: string,
  name: 'Count' | '4XXError' | '5XXError' | 'Latency',
  statistic: Statistic = 'Sum',
): Metric => ({
  id,
  namespace: 'AWS/ApiGateway',
  name,
  dimensions: { ApiName: apiName(stage), Stage: stage.name },
  statistic,
});

/** What Lambda measures: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export const ofFunction = (
  stage: Stage,
  id: string,
  spec: { readonly name: string },
  name: 'Invocations' | 'Errors' | 'Throttles' | 'Duration' | 'IteratorAge',
  statistic: Statistic = 'Sum',
): Metric => ({
  id,
  namespace: 'AWS/Lambda',
  name,
  dimensions: { FunctionName: functionName(stage, spec) },
  statistic,
});

/** What SQS measures: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export const waitingIn = (id: string, queue: string): Metric => ({
  id,
  namespace: 'AWS/SQS',
  name: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: queue },
  statistic: 'Maximum',
});

/** What CloudWatch Logs measures: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html */
export const linesIn = (stage: Stage, id: string, purpose: string): Metric => ({
  id,
  namespace: 'AWS/Logs',
  name: 'IncomingLogEvents',
  dimensions: { LogGroupName: logGroupName(stage, purpose) },
  statistic: 'Sum',
});
