import { z } from 'zod';
import { contract, type Operation } from '../../lambdas/contract.ts';
import { answeredKind } from './answered-kind.ts';

const hasField = (schema: z.ZodType | undefined, name: string): boolean =>
  schema instanceof z.ZodObject && name in schema.shape;

export const takesCursor = ({ input }: Operation): boolean => hasField(input.query, 'cursor');
export const answersNext = ({ answers }: Operation): boolean => hasField(answers.body, 'next');

/** Every route that answers page after page. */
export const lists: readonly Operation[] = contract.filter(takesCursor);

/** The list in which what a route makes shows up: that of the same kind of thing. */
export const listFor = (maker: Operation): Operation => {
  const kind = answeredKind(maker);
  const found = lists.find((list) => kind !== undefined && answeredKind(list) === kind);
  if (!found) throw new Error(`No list shows what ${maker.operation} makes.`);
  return found;
};
