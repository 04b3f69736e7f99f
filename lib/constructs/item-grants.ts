import {
  type Access,
  type Collection,
  idLengths,
  type Table,
  type Touches,
  tableOf,
  tables,
} from '../../lambdas/functions.ts';
import { pascal, tableArn } from '../names.ts';
import type { Stage } from '../stage.ts';
import { allow, type Statement } from '../statement.ts';

/**
 * In whose partitions. `tenant`: of the one that the session is tagged with. `every-tenant`: of any, for the authorizer,
 * which asks who the tenant is. `platform`: in none; the platform's own.
 */
export type Owner = 'tenant' | 'every-tenant' | 'platform';

const owners: Readonly<Record<Owner, string>> = {
  tenant: '${aws:PrincipalTag/tenant}',
  'every-tenant': `ten_${'?'.repeat(idLengths.ten)}`,
  platform: 'platform',
};

/** The partition keys of a collection, as IAM compares them. Audit events are partitioned by month. */
const leadingKeyOf = (owner: Owner, collection: Collection): string =>
  `${owners[owner]}#${collection}${collection === 'audit' ? '#????-??' : ''}`;

const actionsOf: Readonly<Record<Access, readonly string[]>> = {
  read: ['GetItem', 'BatchGetItem', 'Query'],
  add: ['PutItem'],
  change: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'DeleteItem'],
  refer: ['UpdateItem'],
  check: ['ConditionCheckItem'],
  stamp: ['UpdateItem'],
  remove: ['Query', 'DeleteItem'],
};

/** The one attribute that an update may set, beside the key that names the item. */
const updates: Readonly<Partial<Record<Access, string>>> = { refer: 'references', stamp: 'lastUsedAt' };

interface Grant {
  readonly table: Table;
  readonly collection: Collection;
  readonly action: string;
  readonly attribute: string;
}

const grantsOf = (touches: Touches): readonly Grant[] =>
  (Object.entries(touches) as [Collection, Access | readonly Access[]][]).flatMap(([collection, accesses]) =>
    [accesses].flat().flatMap((access: Access) =>
      actionsOf[access].map((action) => ({
        table: tableOf(collection),
        collection,
        action,
        attribute: updates[access] ?? '',
      })),
    ),
  );

const groupBy = <T>(values: readonly T[], keyOf: (value: T) => string): readonly (readonly T[])[] => {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return [...groups.values()];
};

const distinct = <T extends string>(values: readonly T[]): readonly T[] => [...new Set(values)].sort();

/**
 * What a role may do with items: exactly the actions of its touches, on exactly the partition keys of its collections.
 * Actions with the same collections of a table share a statement, because a batch over two collections must be allowed
 * by one statement. `ForAllValues` is true when the key is absent: every statement has the Null guard.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export const itemGrants = (stage: Stage, owner: Owner, touches: Touches): readonly Statement[] => {
  const byAction = groupBy(grantsOf(touches), ({ table, action, attribute }) => `${table} ${action} ${attribute}`);
  const collectionsOf = (grants: readonly Grant[]) => distinct(grants.map(({ collection }) => collection));
  const sameScope = groupBy(
    byAction,
    (grants) => `${grants[0]?.table} ${grants[0]?.attribute} ${collectionsOf(grants)}`,
  );
  return sameScope.flatMap((scope) => statementsOf(stage, owner, scope.flat()));
};

const statementsOf = (stage: Stage, owner: Owner, grants: readonly Grant[]): readonly Statement[] => {
  const [first] = grants;
  if (!first) return [];
  const { table, attribute } = first;
  const collections = distinct(grants.map(({ collection }) => collection));
  const actions = distinct(grants.map(({ action }) => `dynamodb:${action}`));
  const sid = `${pascal(table)}${collections.map(pascal).join('')}`;
  const condition = conditionOf(
    collections.map((collection) => leadingKeyOf(owner, collection)),
    attribute,
  );
  const indexes = Object.keys(tables[table].indexes).map((index) => `${tableArn(stage, table)}/index/${index}`);
  const onItems = allow(`${sid}${pascal(attribute)}`, actions, [tableArn(stage, table)], condition);
  const isListed = indexes.length > 0 && actions.includes('dynamodb:Query');
  return isListed ? [onItems, allow(`${sid}ByIndex`, ['dynamodb:Query'], indexes, condition)] : [onItems];
};

const conditionOf = (leadingKeys: readonly string[], attribute: string): Statement['Condition'] => {
  // A tag value cannot hold a wildcard, but a pattern is used only where there is something to match.
  const operator = leadingKeys.some((key) => key.includes('?')) ? 'StringLike' : 'StringEquals';
  const limits = { [`ForAllValues:${operator}`]: { 'dynamodb:LeadingKeys': leadingKeys } };
  if (!attribute) return { ...limits, Null: { 'dynamodb:LeadingKeys': 'false' } };
  const attributes = { 'dynamodb:Attributes': ['pk', 'sk', attribute] };
  return {
    ...limits,
    'ForAllValues:StringEquals': { ...limits['ForAllValues:StringEquals'], ...attributes },
    // An update could otherwise answer with the whole item. In a transaction the key is absent.
    StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
    Null: { 'dynamodb:LeadingKeys': 'false', 'dynamodb:Attributes': 'false' },
  };
};
