import type { ArchivedChange } from '../model/archive.ts';

/** An audit event that was overwritten, or deleted by somebody. */
export interface ChangedEvent {
  readonly what: 'overwritten' | 'deleted';
  readonly tenant: string;
  readonly subject: string;
}

type Attributes = Readonly<Record<string, unknown>>;

const textOf = (attributes: Attributes | undefined, name: string): string | undefined => {
  const { S } = (attributes?.[name] ?? {}) as { readonly S?: unknown };
  return typeof S === 'string' ? S : undefined;
};
const numberOf = (attributes: Attributes | undefined, name: string): number => {
  const { N } = (attributes?.[name] ?? {}) as { readonly N?: unknown };
  return typeof N === 'string' ? Number(N) : Number.NaN;
};

/** The least that a stage keeps audit events: lib/stage.ts. */
const keptSecondsMin = 86_400;

/**
 * Whether DynamoDB removed it because its time was over: said by the stream, in words no caller can put there, and true
 * of the time that the event itself had. An expiry that had been moved would have been an overwrite.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
 */
const hasExpired = ({ by, old, at }: ArchivedChange): boolean => {
  const { type, principalId } = (by ?? {}) as { readonly type?: unknown; readonly principalId?: unknown };
  if (type !== 'Service' || principalId !== 'dynamodb.amazonaws.com') return false;
  const expiresAt = numberOf(old, 'expiresAt');
  const happened = Date.parse(textOf(old, 'at') ?? '') / 1000;
  return expiresAt <= Date.parse(at) / 1000 && expiresAt >= Math.floor(happened) + keptSecondsMin;
};

/** Nothing but adding and expiry happens to audit events: everything else is a bug or an attack. */
export const changedEvents = (changes: readonly ArchivedChange[]): readonly ChangedEvent[] =>
  changes
    .filter((change) => change.change === 'MODIFY' || (change.change === 'REMOVE' && !hasExpired(change)))
    .map(({ change, keys, old }) => ({
      what: change === 'MODIFY' ? 'overwritten' : 'deleted',
      tenant: (textOf(keys, 'pk') ?? '').split('#')[0] ?? '',
      subject: textOf(old, 'id') ?? (textOf(keys, 'sk') ?? '').split('#')[1] ?? '',
    }));
