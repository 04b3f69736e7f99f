import type { Clock } from '../kernel/use-case.ts';

export const clock: Clock = { now: () => Date.now() };
