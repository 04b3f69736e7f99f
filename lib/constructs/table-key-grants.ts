import { type Collection, type Table, type Touches, tableName, tableOf } from '../../lambdas/functions.ts';
import { pascal } from '../names.ts';
import type { Stage } from '../stage.ts';
import { allow, type Statement } from '../statement.ts';

/** The tables that hold the collections, each once. */
export const tablesOf = (touches: Touches): readonly Table[] =>
  [...new Set((Object.keys(touches) as Collection[]).map(tableOf))].sort();

/**
 * DynamoDB opens a table with its key in the caller's name: the caller may use the key through DynamoDB and for that
 * table only. Source: https://docs.aws.amazon.com/kms/latest/developerguide/services-dynamodb.html
 */
export const throughTable = (stage: Stage, table: Table): Readonly<Record<string, string>> => ({
  'kms:ViaService': `dynamodb.${stage.region}.amazonaws.com`,
  'kms:EncryptionContext:aws:dynamodb:tableName': tableName(stage.name, table),
});

export const tableKeyGrants = (
  stage: Stage,
  touches: Touches,
  keyArn: (table: Table) => string,
): readonly Statement[] =>
  tablesOf(touches).map((table) =>
    allow(`${pascal(table)}Key`, ['kms:Decrypt'], [keyArn(table)], { StringEquals: throughTable(stage, table) }),
  );
