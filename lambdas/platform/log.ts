import { Console } from 'node:console';
import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import {
  type HealthEvent,
  metricNamespace,
  metricsOf,
  type ReportedEvent,
  type SecurityEvent,
} from '../kernel/security-event.ts';
import { invocation } from './invocation.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What every line has: when, which function, whose invocation. */
const standing = (at: Date): Fields => ({
  time: at.toISOString(),
  function: process.env.AWS_LAMBDA_FUNCTION_NAME,
  ...invocation(),
});

/**
 * Fields come as one, so that none is taken for the logger's own: it drops a field called `service`, say, and writes a
 * warning instead.
 */
class Line extends LogFormatter {
  override formatAttributes(
    { logLevel, message, timestamp }: UnformattedAttributes,
    { fields }: LogAttributes,
  ): LogItem {
    const level = logLevel.toLowerCase();
    return new LogItem({ attributes: { level, message, ...standing(timestamp), ...(fields as LogAttributes) } });
  }
}

const logger = new Logger({ logFormatter: new Line(), logLevel: 'INFO' });
// It would write warnings to the error stream, past the runtime's console but not in one order with the rest.
Reflect.set(logger, 'console', new Console({ stdout: process.stdout }));

/**
 * One JSON object a line on standard output, with nothing put before it: metric filters read it. Callers pass what they
 * name, never whole events, headers or items.
 */
export const log = (level: 'info' | 'warn' | 'error', message: string, fields: Fields = {}): void =>
  logger[level](message, { fields: { ...fields } });

const metrics = new Metrics({ namespace: metricNamespace });
metrics.clearDefaultDimensions();

/**
 * Counts by a line too (embedded metrics), at once, so that a function that dies has told: nothing is called or kept.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const count = (event: ReportedEvent): void => {
  const names = metricsOf(event);
  if (names.length === 0) return;
  for (const name of names) metrics.addMetric(name, MetricUnit.Count, 1);
  const line = { level: 'info', message: 'metric', ...standing(new Date()) };
  for (const [name, value] of Object.entries(line)) if (value !== undefined) metrics.addMetadata(name, String(value));
  // One set of no dimensions: without a set the line would not follow the specification.
  metrics.addDimensions({}).publishStoredMetrics();
};

/** Tells the detections. The only place that writes security events. */
export const reportSecurityEvent = (event: SecurityEvent): void => {
  log('warn', 'security', event);
  count(event);
};

/** Counts; what happened is told by a line of its own where there is something to tell. */
export const reportHealth = (event: HealthEvent): void => count(event);
