import {
  GetItemCommand,
  ReturnValue,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Touches } from '../../../lambdas/functions.ts';
import { collections, executionActors, may, tenantActors } from '../../harness/actors.ts';
import { placeOf } from '../../harness/collection-place.ts';
import { type AwsClients, type Intruder, intruderIn } from '../../harness/intruder.ts';
import { keyAt, type Place, tableAt } from '../../harness/item-request.ts';
import { type Attempt, expectAll, judge } from '../../harness/judge.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

type Update = Omit<UpdateItemCommandInput, 'TableName' | 'Key'>;

const update = (place: Place, given: Update): Attempt => ({
  name: `UpdateItem ${JSON.stringify(given)}`,
  send: ({ dynamoDb }) => dynamoDb.send(new UpdateItemCommand({ ...tableAt(place), Key: keyAt(place), ...given })),
});
const transact = (place: Place, { UpdateExpression = '', ...given }: Update): Attempt => ({
  name: `TransactWriteItems ${JSON.stringify({ UpdateExpression, ...given })}`,
  send: ({ dynamoDb }) =>
    dynamoDb.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ Update: { ...tableAt(place), Key: keyAt(place), UpdateExpression, ...given } as never }],
      }),
    ),
});

const one = { ':one': { N: '1' } };
const allowed: Readonly<Record<'refer' | 'stamp', Update>> = {
  refer: {
    UpdateExpression: 'ADD #r :one',
    ExpressionAttributeNames: { '#r': 'references' },
    ExpressionAttributeValues: one,
  },
  stamp: { UpdateExpression: 'SET lastUsedAt = :one', ExpressionAttributeValues: one },
};

/** The one attribute, and with it another: written, read, asked about, or handed back. */
const beyond = (given: Update): readonly Update[] => {
  const names = (name: string) => ({ ExpressionAttributeNames: { ...given.ExpressionAttributeNames, '#other': name } });
  return [
    ...['hash', 'role', 'expiresAt', 'revokedAt', 'state', 'name'].flatMap((name): readonly Update[] => [
      { ...names(name), UpdateExpression: 'SET #other = :one', ExpressionAttributeValues: one },
      { ...names(name), UpdateExpression: 'REMOVE #other' },
      { ...given, ...names(name), UpdateExpression: `${given.UpdateExpression} REMOVE #other` },
      { ...given, ...names(name), ConditionExpression: 'begins_with(#other, :one)' },
      { ...given, ...names(name), ConditionExpression: 'attribute_exists(#other)' },
    ]),
    { AttributeUpdates: { hash: { Action: 'PUT', Value: { S: 'x' } } } },
    { UpdateExpression: 'SET lastUsedAt = hash' },
    { UpdateExpression: 'SET #r = #other', ExpressionAttributeNames: { '#r': 'references', '#other': 'hash' } },
  ];
};
const handedBack = Object.values(ReturnValue).filter((value) => value !== 'NONE');

let twin: TestTwin;
let intruder: Intruder;
let tenant: string;
beforeAll(async () => {
  twin = await workerTwin();
  intruder = intruderIn(twin);
  tenant = (await twin.tenant()).id;
});
afterAll(() => intruder.close());

interface Updater {
  readonly title: string;
  readonly kind: 'refer' | 'stamp';
  readonly collection: (typeof collections)[number];
  readonly session: () => Promise<AwsClients>;
}

const updatersOf = (title: string, touches: Touches, session: Updater['session']): readonly Updater[] =>
  (['refer', 'stamp'] as const).flatMap((kind) =>
    collections
      .filter((collection) => may(touches, collection, kind))
      .map((collection) => ({ title, kind, collection, session })),
  );
const updaters = [
  ...tenantActors.flatMap(({ name, touches }) =>
    updatersOf(`the tenant role of ${name}`, touches, () => intruder.asTenant(name, tenant)),
  ),
  ...executionActors.flatMap(({ name, everyTenant }) =>
    updatersOf(`the function ${name}`, everyTenant, () => intruder.inFunction(name)),
  ),
];

it('there are roles that update one attribute', () => {
  expect(updaters.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['refer', 'stamp']));
});

describe.each(updaters)('$title, which may $kind $collection', ({ kind, collection, session }) => {
  it('updates that attribute', async () => {
    const place = placeOf(tenant, collection);
    const attempts = [update(place, allowed[kind]), transact(place, allowed[kind])];
    expectAll(await judge(twin.control, await session(), attempts), 'done');
  });

  it('neither writes another, nor asks about one, nor is handed the item', async () => {
    const place = placeOf(tenant, collection);
    const updates = beyond(allowed[kind]);
    const attempts = [
      ...updates.map((each) => update(place, each)),
      ...updates.filter(({ UpdateExpression }) => UpdateExpression).map((each) => transact(place, each)),
      ...handedBack.map((ReturnValues) => update(place, { ...allowed[kind], ReturnValues })),
    ];
    expectAll(await judge(twin.control, await session(), attempts), 'refused');
  });

  // No condition key knows ReturnValuesOnConditionCheckFailure: a failed condition can hand back the whole item.
  it('may read the item anyway, which a failed condition would hand back', async () => {
    const place = placeOf(tenant, collection);
    const read: Attempt = {
      name: 'GetItem',
      send: ({ dynamoDb }) => dynamoDb.send(new GetItemCommand({ ...tableAt(place), Key: keyAt(place) })),
    };
    expectAll(await judge(twin.control, await session(), [read]), 'done');
  });

  it('does not do the other kind of update', async () => {
    const place = placeOf(tenant, collection);
    const other = allowed[kind === 'refer' ? 'stamp' : 'refer'];
    expectAll(await judge(twin.control, await session(), [update(place, other), transact(place, other)]), 'refused');
  });
});
