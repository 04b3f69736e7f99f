import { isList, isObject, type Json } from './json.ts';
import { placeholders } from './placeholders.ts';

/** The logical ids a value refers to by Ref, Fn::GetAtt and Fn::Sub, wherever they stand; pseudo parameters included. */
export const referencesOf = (value: Json): readonly string[] => {
  if (isList(value)) return value.flatMap(referencesOf);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref' && typeof inner === 'string') return [inner];
    if (key === 'Fn::GetAtt') return [attributeTarget(inner)];
    if (key === 'Fn::Sub') return [...substitutions(inner), ...referencesOf(inner)];
    return referencesOf(inner);
  });
};

const attributeTarget = (argument: Json): string => {
  const target = isList(argument) ? argument[0] : argument;
  return typeof target === 'string' ? (target.split('.')[0] ?? '') : '';
};

const substitutions = (argument: Json): readonly string[] => {
  const [text, variables] = isList(argument) ? argument : [argument];
  if (typeof text !== 'string') return [];
  return placeholders(text)
    .filter((name) => !(isObject(variables) && name in variables))
    .map((name) => name.split('.')[0] ?? name);
};
