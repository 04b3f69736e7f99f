import { type DynamoDBClient, GetItemCommand, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type ClaimRequest, incidentsIn } from '../../../lambdas/pager/incidents.ts';

/** A table that has nothing, and cancels every transaction for these reasons. */
const cancelling = (...codes: readonly string[]) =>
  incidentsIn(
    {
      send: async (command: unknown) => {
        if (command instanceof GetItemCommand) return {};
        throw new TransactionCanceledException({
          $metadata: {},
          message: 'cancelled',
          CancellationReasons: codes.map((Code) => ({ Code })),
        });
      },
    } as unknown as DynamoDBClient,
    'ringfence-local-operations',
  );

const request: ClaimRequest = {
  noticeId: 'one',
  subject: 'root-used',
  decide: () => ({
    telling: 'fires',
    actions: ['trigger'],
    incident: { isFiring: true, changedAt: 1, openedAt: 1, times: 1 },
  }),
  now: 1,
};

it.each([
  ['a condition', ['None', 'ConditionalCheckFailed']],
  ['a conflict', ['TransactionConflict', 'None']],
])('a claim lost by %s waits for who was quicker', async (_, codes) => {
  expect(await cancelling(...codes).claim(request)).toBe('busy');
});

it.each([
  ['a throttled table', ['None', 'ThrottlingError']],
  ['a table beyond its throughput', ['ProvisionedThroughputExceeded', 'None']],
  ['both at once', ['ConditionalCheckFailed', 'ThrottlingError']],
])('%s is a fault and no race: the page goes out without the table instead of waiting for it', async (_, codes) => {
  await expect(cancelling(...codes).claim(request)).rejects.toThrow('cancelled');
});
