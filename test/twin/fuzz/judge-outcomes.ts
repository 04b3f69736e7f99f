import { contract, type ErrorCode, type Operation } from '../../../lambdas/contract.ts';
import { errorsOf } from '../../../lambdas/kernel/define-route.ts';
import { isBetweenFields, type Told } from './judge-answer.ts';
import type { Schema, ServedDocument } from './served-document.ts';

interface Outcome {
  readonly outcome: 'created' | 'replaced' | 'unchanged' | 'refused';
  readonly id?: string;
  readonly version?: number;
  readonly problem?: Told & { readonly status: number };
}

const itemsOf = (api: ServedDocument, schema: Schema): Schema =>
  api.resolved((api.resolved(schema).properties as Record<string, Schema>).items ?? {});

const loose = new WeakMap<Schema, Schema>();

/** The schema of a bulk change with anything as its elements. */
export const withAnyItems = (api: ServedDocument, schema: Schema): Schema => {
  const known = loose.get(schema) ?? {
    ...api.resolved(schema),
    properties: { items: { ...itemsOf(api, schema), items: {} } },
  };
  loose.set(schema, known);
  return known;
};

/** What the routes that change one such thing can say, an element can be refused for. */
const codesFor = ({ permission }: Operation): readonly ErrorCode[] =>
  contract.filter((route) => route.permission === permission).flatMap((route) => errorsOf(route));

const flawIn = (route: Operation, isValid: boolean, at: number, { outcome, id, version, problem }: Outcome) => {
  if (outcome !== 'refused') {
    if (!isValid) return 'was carried out, though the document refuses it';
    return id && version && !problem ? undefined : `is ${outcome} without saying what it is now`;
  }
  if (!problem || id || version) return 'is refused without a problem, or with more';
  const { code, status, errors: fields = [] } = problem;
  if (status >= 500 || !codesFor(route).includes(code)) return `is refused with ${status} ${code}`;
  const isShape = code === 'invalid-request' && !isBetweenFields(problem);
  if (isShape === isValid) return `is refused with ${code}, though the document ${isValid ? 'takes' : 'refuses'} it`;
  const isElsewhere = fields.some(({ field }) => !`${field}.`.startsWith(`body.items.${at}.`));
  return isShape && (fields.length === 0 || isElsewhere) ? 'is refused without a word on which field' : undefined;
};

/** Where the outcomes of a bulk change and the document disagree about an element. */
export const outcomesFlaw = (
  api: ServedDocument,
  route: Operation,
  sent: string,
  answered: string,
): string | undefined => {
  const schema = api.operation(route).requestBody?.content['application/json']?.schema;
  const element = api.validator((itemsOf(api, schema ?? {}) as { items: Schema }).items);
  const { items } = JSON.parse(sent) as { items: readonly unknown[] };
  const outcomes = (JSON.parse(answered) as { items: readonly Outcome[] }).items;
  if (outcomes.length !== items.length) return `has ${outcomes.length} outcomes of ${items.length} elements`;
  return outcomes
    .map((outcome, at) => [at, flawIn(route, element(items[at]), at, outcome)] as const)
    .flatMap(([at, flaw]) => (flaw ? [`: element ${at} ${flaw}: ${JSON.stringify(outcomes[at])}`] : []))[0];
};
