import { reportSecurityEvent } from '../../../lambdas/platform/log.ts';
import { accessLogFields } from '../../../lib/constructs/access-log.ts';
import type { AccessLine, Occurrence } from '../../../lib/detecting/sample.ts';
import { functionName, logGroupName } from '../../../lib/names.ts';
import type { Stage } from '../../../lib/stage.ts';
import type { LogLine } from '../../../local/types.ts';

/** API Gateway writes `-` for what it does not know. */
const accessLine = (at: number, line: AccessLine): string =>
  JSON.stringify({
    ...Object.fromEntries(Object.keys(accessLogFields).map((field) => [field, '-'])),
    time: String(at),
    ...line,
  });

/** What a function writes on standard output, by the very code that runs in Lambda. */
const reportedLines = (stage: Stage, { security, from }: Extract<Occurrence, { security: unknown }>) => {
  const { write } = process.stdout;
  const out: string[] = [];
  process.env.AWS_LAMBDA_FUNCTION_NAME = functionName(stage, { name: from });
  process.stdout.write = (text: string | Uint8Array): boolean => out.push(String(text)) > 0;
  try {
    reportSecurityEvent(security);
  } finally {
    Object.assign(process.stdout, { write });
    delete process.env.AWS_LAMBDA_FUNCTION_NAME;
  }
  return out.join('').split('\n').filter(Boolean);
};

/** The lines that something leaves in log groups. */
export const linesOf = (stage: Stage, what: Occurrence, at: number): readonly LogLine[] => {
  const line = (purpose: string) => (message: string) => ({ at, group: logGroupName(stage, purpose), message });
  if ('access' in what) return [line('access')(accessLine(at, what.access))];
  if ('trail' in what) return [line('trail')(JSON.stringify({ eventTime: new Date(at).toISOString(), ...what.trail }))];
  if ('measured' in what) return [];
  // Embedded metrics carry the function's own time.
  jest.setSystemTime(at);
  return reportedLines(stage, what).map(line(what.from));
};
