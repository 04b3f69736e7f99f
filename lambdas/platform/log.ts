import type { SecurityEvent } from '../kernel/security-event.ts';

type Level = 'debug' | 'info' | 'warn' | 'error';

/**
 * One JSON object a line, written past the runtime's console so that nothing is put before it: metric filters read it.
 * Callers pass what they name, never whole events, headers or items.
 */
export const log = (level: Level, message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
  process.stdout.write(`${JSON.stringify({ level, message, at: new Date().toISOString(), ...fields })}\n`);
};

/** Tells the detections. The only place that writes security events. */
export const reportSecurityEvent = (event: SecurityEvent, fields: Readonly<Record<string, unknown>> = {}): void =>
  log('warn', 'security', { ...event, ...fields });
