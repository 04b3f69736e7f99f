import type { SecurityEvent } from '../../../lambdas/kernel/security-event.ts';
import { failureOf } from '../../../lambdas/platform/failure-of.ts';
import type { Invocation } from '../../../lambdas/platform/invocation.ts';
import { accessLogFormat } from '../../../lib/constructs/access-log.ts';
import { trailFields } from './trail-fields.ts';

type KeyOf<T> = T extends unknown ? keyof T : never;

/** All of them: the compiler refuses one that is missing, and one that no event has. */
const ofSecurityEvents: Record<KeyOf<SecurityEvent>, true> = {
  event: true,
  reason: true,
  tenant: true,
  principal: true,
  credential: true,
  operation: true,
  permission: true,
  firstOnRoute: true,
  service: true,
  action: true,
  what: true,
  subject: true,
};
const ofInvocations: Record<keyof Invocation, true> = {
  operation: true,
  tenant: true,
  principal: true,
  credential: true,
  invocationId: true,
  requestId: true,
  address: true,
};

/** What a line has that tells of a request that failed: by making one. */
const ofFailures = (): readonly string[] => {
  const written: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => written.push(String(line)) > 0);
  failureOf(new Error('for its line'));
  write.mockRestore();
  return written
    .flatMap((text) => text.split('\n'))
    .filter(Boolean)
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(({ message }) => message === 'refused')
    .flatMap((line) =>
      Object.entries(line).flatMap(([name, value]) =>
        Array.isArray(value) ? value.map((_, position) => `${name}.${position}`) : [name],
      ),
    );
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html */
const ofEveryGroup = ['@timestamp', '@message', '@log', '@logStream'];

const ofFunctions = [...Object.keys(ofSecurityEvents), ...Object.keys(ofInvocations), ...ofFailures()];

/** Which fields the lines of a log group `/ringfence/<stage>/<purpose>` have. */
export const fieldsOf = (purpose: string): ReadonlySet<string> =>
  new Set([
    ...ofEveryGroup,
    ...(purpose === 'access'
      ? Object.keys(JSON.parse(accessLogFormat.toString()))
      : purpose === 'trail'
        ? trailFields
        : ofFunctions),
  ]);
