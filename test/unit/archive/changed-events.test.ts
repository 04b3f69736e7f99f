import { changedEvents } from '../../../lambdas/archive/changed-events.ts';
import type { ArchivedChange } from '../../../lambdas/model/archive.ts';

const happened = '2026-09-01T10:00:00.123Z';
const expiresAt = Math.floor(Date.parse(happened) / 1000) + 90 * 86_400;
const byDynamoDb = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
const image = {
  id: { S: 'evt_0123456789abcdef' },
  at: { S: happened },
  expiresAt: { N: String(expiresAt) },
};

const change = (changed: Partial<ArchivedChange>): ArchivedChange => ({
  eventId: '1',
  change: 'REMOVE',
  at: new Date((expiresAt + 3600) * 1000).toISOString(),
  sequenceNumber: '1',
  keys: { pk: { S: 'ten_000000000001#audit#2026-09' }, sk: { S: `${happened}#evt_0123456789abcdef` } },
  old: image,
  ...changed,
});

const cases: readonly (readonly [name: string, change: ArchivedChange, what: string | undefined])[] = [
  ['was added', change({ change: 'INSERT', old: undefined, new: image }), undefined],
  ['expired', change({ by: byDynamoDb }), undefined],
  ['was overwritten', change({ change: 'MODIFY', new: image }), 'overwritten'],
  ['was overwritten in the name of DynamoDB', change({ change: 'MODIFY', by: byDynamoDb }), 'overwritten'],
  ['was deleted by a caller', change({}), 'deleted'],
  ['was deleted by a caller after its time', change({ by: { type: 'AssumedRole' } }), 'deleted'],
  ['was deleted by another service', change({ by: { ...byDynamoDb, principalId: 's3.amazonaws.com' } }), 'deleted'],
  ['was deleted by somebody of that name', change({ by: { ...byDynamoDb, type: 'User' } }), 'deleted'],
  ['expired before its time', change({ by: byDynamoDb, at: '2026-09-02T00:00:00.000Z' }), 'deleted'],
  [
    'expired by a time that no stage gives',
    change({ by: byDynamoDb, old: { ...image, expiresAt: { N: String(expiresAt - 90 * 86_400 + 60) } } }),
    'deleted',
  ],
  ['expired without a time', change({ by: byDynamoDb, old: { id: image.id } }), 'deleted'],
  ['was deleted and left no image', change({ by: byDynamoDb, old: undefined }), 'deleted'],
];

describe('an audit event that', () => {
  it.each(cases)('%s', (_, given, what) => {
    expect(changedEvents([given])).toEqual(
      what ? [{ what, tenant: 'ten_000000000001', subject: 'evt_0123456789abcdef' }] : [],
    );
  });
});
