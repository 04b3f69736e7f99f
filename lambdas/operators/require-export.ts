import { Failure } from '../kernel/errors.ts';
import { clock } from '../platform/clock.ts';
import type { Operator } from './operator.ts';
import type { Registration } from './registry.ts';

const dayMs = 86_400_000;

/**
 * That this is the last export of the tenant, and that this operator began it within a day: its audit event stands.
 * Nothing is read without. Resolves to when it began, epoch milliseconds.
 * @throws Failure `invalid-request`
 */
export const requireExport = ({ exported }: Registration, key: string, operator: Operator): number => {
  const isOwn = exported && `${exported.at}#${exported.event}` === key && exported.by === operator.arn;
  const atMs = Date.parse(exported?.at ?? '');
  if (!isOwn || atMs + dayMs < clock.now())
    throw new Failure('invalid-request', [
      { field: 'body.export', expected: 'the last export, begun by you less than a day ago: begin a new one' },
    ]);
  return atMs;
};
