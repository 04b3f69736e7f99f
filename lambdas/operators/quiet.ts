import type { Item } from '../kernel/session.ts';
import { environment } from '../platform/environment.ts';
import type { Offboarding } from './offboarding.ts';

/**
 * Beyond the life of an assertion: for an authorizer that read the status before it changed and answers after (5 s), a
 * function that was asked at the last moment (15 s), one of ours that another operator had called (30 s), and clocks.
 */
const marginMs = 60_000;

/**
 * When nothing that began before can write in the tenant any more. Whoever calls has an assertion, signed while the
 * tenant was active, and functions refuse it when it has expired: how long the gateway remembers an answer is less.
 * Operators' own commands read the registry before they write.
 */
export const quietAtMs = ({ begun }: Offboarding, status: Item | undefined): number => {
  const operators = Date.parse(begun.at) + marginMs;
  // Never onboarded so far that anybody could call.
  if (!status) return operators;
  if (status.state !== 'suspended') return Number.POSITIVE_INFINITY;
  return Math.max(operators, Date.parse(String(status.since)) + environment.assertionSeconds() * 1000 + marginMs);
};

/** Whole seconds until then; 0 when it is quiet. */
export const secondsUntil = (atMs: number, nowMs: number): number => Math.max(0, Math.ceil((atMs - nowMs) / 1000));
