import {
  BatchExecuteStatementCommand,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
} from '@aws-sdk/client-dynamodb';
import { at, type ItemRequest, type Place, physical } from './item-request.ts';

const statements: Readonly<Record<string, (place: Place) => string>> = {
  select: ({ table, pk }) => `SELECT * FROM "${physical(table)}" WHERE pk = '${pk}'`,
  'select all': ({ table }) => `SELECT * FROM "${physical(table)}"`,
  'select by another attribute': ({ table, sk }) => `SELECT * FROM "${physical(table)}" WHERE sk = '${sk}'`,
  insert: ({ table, pk }) => `INSERT INTO "${physical(table)}" VALUE {'pk': '${pk}', 'sk': 'planted'}`,
  update: ({ table, pk, sk }) => `UPDATE "${physical(table)}" SET text = 'x' WHERE pk = '${pk}' AND sk = '${sk}'`,
  delete: ({ table, pk, sk }) => `DELETE FROM "${physical(table)}" WHERE pk = '${pk}' AND sk = '${sk}'`,
};

/** PartiQL, the second language to every table: no role may speak it. */
export const partiqlRequests: readonly ItemRequest[] = Object.entries(statements).flatMap(
  ([name, toStatement]): readonly ItemRequest[] => [
    {
      name: `ExecuteStatement: ${name}`,
      right: 'never',
      send: (client, ...places) => client.send(new ExecuteStatementCommand({ Statement: toStatement(at(places)) })),
    },
    {
      name: `BatchExecuteStatement: ${name}`,
      right: 'never',
      takesSeveral: true,
      send: (client, ...places) =>
        client.send(
          new BatchExecuteStatementCommand({ Statements: places.map((place) => ({ Statement: toStatement(place) })) }),
        ),
    },
    {
      name: `ExecuteTransaction: ${name}`,
      right: 'never',
      takesSeveral: true,
      send: (client, ...places) =>
        client.send(
          new ExecuteTransactionCommand({
            TransactStatements: places.map((place) => ({ Statement: toStatement(place) })),
          }),
        ),
    },
  ],
);
