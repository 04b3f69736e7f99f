import type { Statement } from '../types.ts';
import { type Json, objectAt, oneOrManyAt, onlyKeys, shown, stringAt } from './parse-json.ts';
import { parsePrincipal } from './parse-principal.ts';
import { PolicyError } from './policy-error.ts';

const elements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/**
 * One statement. Throws PolicyError for what IAM refuses: unknown elements, an Effect that is neither Allow nor Deny, an element
 * together with its opposite, no action, NotPrincipal with Allow, ill-formed actions, resources, principals and conditions.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parseStatement(value: unknown, location: string): Statement {
  const statement = objectAt(value, location);
  onlyKeys(statement, elements, location);
  const effect = statement.Effect;
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new PolicyError(`${location}.Effect`, `expected "Allow" or "Deny", found ${shown(effect)}`);
  }
  for (const element of ['Principal', 'Action', 'Resource']) refuseBoth(statement, element, location);
  if (statement.Action === undefined && statement.NotAction === undefined) {
    throw new PolicyError(location, 'expected Action or NotAction, found neither');
  }
  if (effect === 'Allow' && statement.NotPrincipal !== undefined) {
    throw new PolicyError(`${location}.NotPrincipal`, 'is not supported with Allow: it would admit everyone else');
  }
  return {
    ...optional(statement, 'Sid', location, stringAt),
    Effect: effect,
    ...optional(statement, 'Principal', location, parsePrincipal),
    ...optional(statement, 'NotPrincipal', location, parsePrincipal),
    ...optional(statement, 'Action', location, many(action)),
    ...optional(statement, 'NotAction', location, many(action)),
    ...optional(statement, 'Resource', location, many(resource)),
    ...optional(statement, 'NotResource', location, many(resource)),
    ...optional(statement, 'Condition', location, condition),
  };
}

type Parse<T> = (value: unknown, location: string) => T;

function optional<K extends string, T>(from: Json, key: K, location: string, parse: Parse<T>): { [P in K]?: T } {
  if (from[key] === undefined) return {};
  return { [key]: parse(from[key], `${location}.${key}`) } as { [P in K]?: T };
}

const many =
  <T>(parse: Parse<T>): Parse<T | readonly T[]> =>
  (value, location) =>
    oneOrManyAt(value, location, parse);

function refuseBoth(statement: Json, element: string, location: string): void {
  if (statement[element] === undefined || statement[`Not${element}`] === undefined) return;
  throw new PolicyError(location, `${element} and Not${element} exclude each other`);
}

const action: Parse<string> = (value, location) => {
  const text = stringAt(value, location);
  if (text === '*' || /^[a-z0-9-]+:[a-z0-9*?]+$/i.test(text)) return text;
  throw new PolicyError(location, `expected "*" or "service:Action", found ${shown(text)}`);
};

const resource: Parse<string> = (value, location) => {
  const text = stringAt(value, location);
  const parts = text.split(':');
  // AWS completes a shorter ARN with wildcards; written out, a reader sees them too.
  const isArn = parts[0] === 'arn' && (parts.length >= 6 || text.endsWith('*'));
  if (text !== '*' && !isArn)
    throw new PolicyError(location, `expected "*" or an ARN of six parts, found ${shown(text)}`);
  if (parts.slice(0, 5).join(':').includes('${'))
    throw new PolicyError(location, 'variables belong after the fifth colon');
  return text;
};

const condition: Parse<NonNullable<Statement['Condition']>> = (value, location) => mapped(value, location, tests);

const tests: Parse<Readonly<Record<string, Scalar | readonly Scalar[]>>> = (value, location) =>
  mapped(value, location, many(scalar));

type Scalar = string | boolean | number;

const scalar: Parse<Scalar> = (value, location) => {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  throw new PolicyError(location, `expected a string, a boolean or a number, found ${shown(value)}`);
};

function mapped<T>(value: unknown, location: string, parse: Parse<T>): Readonly<Record<string, T>> {
  const entries = Object.entries(objectAt(value, location));
  return Object.fromEntries(entries.map(([key, each]) => [key, parse(each, `${location}.${key}`)]));
}
