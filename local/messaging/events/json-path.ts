import { isList, isObject, type Json } from '../../template/json.ts';
import { refuse } from './pattern-error.ts';

const form = /^\$(\.[A-Za-z0-9_/-]+|\[\d+\])*$/;

/**
 * The value at a path such as `$.detail.items[0].id`; undefined when there is none. Throws `PatternError` for a path the twin
 * does not have: wildcards, slices, filters.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export const valueAt = (path: string): ((event: Json) => Json | undefined) => {
  if (!form.test(path)) refuse(`${path} is no path that the twin has: names after dots, indices in brackets`);
  const steps = [...path.matchAll(/\.([^.[]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
  return (event) => steps.reduce<Json | undefined>((value, step) => stepInto(value, step), event);
};

const stepInto = (value: Json | undefined, step: string | number): Json | undefined => {
  if (typeof step === 'number') return isList(value) ? value[step] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
};
