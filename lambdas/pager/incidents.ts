import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Decision, Incident } from './decide.ts';
import type { Channel } from './deliver.ts';

/** A notice that is this invocation's to tell. */
export interface Hold {
  readonly decision: Decision;
  readonly told: readonly Channel[];
  /** Notes that a vendor took it. Best awaited: what is not noted is told again by a retry. */
  mark(channel: Channel): Promise<void>;
  /** Lets the next try begin at once. */
  release(): Promise<void>;
}

export type Claim = Hold | 'told' | 'busy';

export interface ClaimRequest {
  readonly noticeId: string;
  readonly subject: string;
  /** Everybody that has to be told. */
  readonly decide: (known: Incident | undefined) => Decision;
  readonly now: number;
}

/** What was sent where. Without it every delivery of SNS would page. */
export interface Incidents {
  claim(request: ClaimRequest): Promise<Claim>;
}

interface Noted {
  readonly decision: Decision;
  readonly told: readonly Channel[];
  readonly heldUntil: number;
  readonly version: number;
}

const pk = 'platform#incidents';
/** Longer than an invocation of the pager lasts. */
const holdMs = 90_000;
const daySeconds = 24 * 3600;
const channels: readonly Channel[] = ['PagerDuty', 'Slack'];

const raced = ['None', 'ConditionalCheckFailed', 'TransactionConflict'];

/** A race with another writer. A transaction is cancelled for other reasons too: waiting for those would page nobody. */
const isLost = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException ||
  (error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? [{}]).every(({ Code = '' }) => raced.includes(Code)));

/** The answer to our own write may be lost, and its repetition then finds what it wrote itself. */
const isOurs = (found: Noted | undefined, { told, heldUntil }: Noted, before: number): boolean =>
  found?.version === before + 1 && found.heldUntil === heldUntil && found.told.join() === told.join();

/** Incidents in the collection of that name, by conditional writes. */
export const incidentsIn = (client: DynamoDBClient, TableName: string): Incidents => {
  const read = async <T>(sk: string): Promise<T | undefined> => {
    const Key = marshall({ pk, sk });
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item && (unmarshall(Item) as T);
  };

  const put = (sk: string, item: object, seen: number | undefined, now: number) => ({
    TableName,
    Item: marshall({
      ...item,
      ...{ pk, sk, schema: 1, version: (seen ?? 0) + 1, expiresAt: Math.trunc(now / 1000) + 30 * daySeconds },
    }),
    ...(seen === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :seen',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: marshall({ ':seen': seen }),
        }),
  });

  const write = async (puts: readonly ReturnType<typeof put>[]): Promise<void> => {
    const [only] = puts;
    if (puts.length === 1 && only) await client.send(new PutItemCommand(only));
    else
      await client.send(
        new TransactWriteItemsCommand({ TransactItems: puts.map((each): TransactWriteItem => ({ Put: each })) }),
      );
  };

  const hold = (sk: string, noted: Noted, now: number): Hold => {
    let current = noted;
    let last: Promise<unknown> = Promise.resolve();
    const change = (changed: (before: Noted) => Partial<Noted>): Promise<void> => {
      const next = last.then(async () => {
        const after = { ...current, ...changed(current) };
        try {
          await write([put(sk, after, current.version, now)]);
        } catch (error) {
          if (!isLost(error) || !isOurs(await read<Noted>(sk), after, current.version)) throw error;
        }
        current = { ...after, version: current.version + 1 };
      });
      last = next.catch(() => {});
      return next;
    };
    return {
      decision: noted.decision,
      told: noted.told,
      mark: (channel) => change(({ told }) => ({ told: [...told, channel] })),
      release: () => change(() => ({ heldUntil: 0 })),
    };
  };

  return {
    async claim({ noticeId, subject, decide, now }) {
      const sk = `notice#${noticeId}`;
      const before = await read<Noted>(sk);
      if (before && channels.every((channel) => before.told.includes(channel))) return 'told';
      if (before && before.heldUntil > now) return 'busy';
      const known = before ? undefined : await read<Incident & { readonly version: number }>(`subject#${subject}`);
      const decision = before?.decision ?? decide(known);
      const told = before?.told ?? [];
      const noted = { decision, told, heldUntil: now + holdMs };
      try {
        await write([
          put(sk, noted, before?.version, now),
          ...(before ? [] : [put(`subject#${subject}`, decision.incident, known?.version, now)]),
        ]);
      } catch (error) {
        // Somebody was quicker, with this notice or with another of the same subject.
        if (isLost(error)) return 'busy';
        throw error;
      }
      return hold(sk, { ...noted, version: (before?.version ?? 0) + 1 }, now);
    },
  };
};
