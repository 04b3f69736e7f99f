import type { Operation } from '../../lambdas/contract.ts';
import type { IdKind } from '../../lambdas/kernel/id-kinds.ts';
import { kindsOf } from './id-positions.ts';
import { jsonSchemaOf } from './json-schema-of.ts';

/** The kind of the things that a route answers: of the body, or of each of its items. */
export const answeredKind = ({ answers }: Operation): IdKind | undefined => {
  const schema = answers.body && jsonSchemaOf(answers.body);
  const id = schema?.properties?.id ?? schema?.properties?.items?.items?.properties?.id;
  return id && kindsOf(id)[0];
};
