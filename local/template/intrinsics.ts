import { isDeepStrictEqual } from 'node:util';
import { isList, isObject, type Json, type JsonObject } from './json.ts';
import { substitute } from './placeholders.ts';
import { noValue, type Resolved, type Scope, Unresolved } from './scope.ts';

/**
 * The value of a template expression: every intrinsic function replaced, `AWS::NoValue` left out.
 * Throws `Unresolved` for an unknown function, a wrong argument or a missing reference: nothing is silently undefined.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export const resolve = (value: Json, scope: Scope): Json => {
  const resolved = evaluate(value, scope);
  if (resolved === noValue) throw new Unresolved('AWS::NoValue', 'stands where a value is needed');
  return resolved;
};

/** The truth of a condition expression: Fn::Equals, Fn::And, Fn::Or, Fn::Not or `{ "Condition": … }`. */
export const isTrue = (value: Json, scope: Scope): boolean => {
  if (isObject(value) && typeof value.Condition === 'string') return scope.condition(value.Condition);
  const resolved = evaluate(value, scope);
  if (typeof resolved === 'boolean') return resolved;
  throw new Unresolved(JSON.stringify(value), 'is not a condition');
};

const evaluate = (value: Json, scope: Scope): Resolved => {
  if (typeof value === 'string') return withoutDynamicReference(value);
  if (isList(value)) return value.map((item) => evaluate(item, scope)).filter((item) => item !== noValue);
  if (!isObject(value)) return value;
  const [key, argument] = Object.entries(value)[0] ?? [];
  const isCall = Object.keys(value).length === 1 && key !== undefined && argument !== undefined;
  if (isCall && key.startsWith('Fn::') && !(key in functions)) {
    throw new Unresolved(key, 'is an intrinsic function that the twin does not know');
  }
  const intrinsic = isCall ? functions[key] : undefined;
  if (intrinsic && argument !== undefined) return intrinsic(argument, scope);
  return objectOf(value, scope);
};

const objectOf = (value: JsonObject, scope: Scope): JsonObject =>
  Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, evaluate(inner, scope)] as const)
      .filter((entry): entry is readonly [string, Json] => entry[1] !== noValue),
  );

const withoutDynamicReference = (text: string): string => {
  if (text.includes('{{resolve:')) throw new Unresolved(text, 'dynamic references are not known to the twin');
  return text;
};

type Intrinsic = (argument: Json, scope: Scope) => Resolved;

const functions: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.ref(text('Ref', argument)),
  'Fn::GetAtt': (argument, scope) => {
    const parts = isList(argument) ? argument : text('Fn::GetAtt', argument).split('.');
    const [logicalId, ...attribute] = parts.map((part) => text('Fn::GetAtt', resolve(part, scope)));
    return scope.attribute(logicalId ?? '', attribute.join('.'));
  },
  'Fn::Sub': (argument, scope) => {
    const [template, variables] = isList(argument) ? argument : [argument];
    const own = isObject(variables) ? objectOf(variables, scope) : {};
    return substitute(text('Fn::Sub', template), (name) => text(`Fn::Sub \${${name}}`, substituted(name, own, scope)));
  },
  'Fn::Join': (argument, scope) => {
    const [delimiter, parts] = list('Fn::Join', resolve(argument, scope));
    return list('Fn::Join', parts)
      .map((part) => text('Fn::Join', part))
      .join(text('Fn::Join', delimiter));
  },
  'Fn::Select': (argument, scope) => {
    const [index, from] = list('Fn::Select', resolve(argument, scope));
    return present('Fn::Select', list('Fn::Select', from)[Number(index)]);
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, source] = list('Fn::Split', resolve(argument, scope));
    return text('Fn::Split', source).split(text('Fn::Split', delimiter));
  },
  'Fn::ImportValue': (argument, scope) => scope.imported(text('Fn::ImportValue', resolve(argument, scope))),
  'Fn::If': (argument, scope) => {
    const [condition, whenTrue, whenFalse] = list('Fn::If', argument);
    return evaluate(present('Fn::If', scope.condition(text('Fn::If', condition)) ? whenTrue : whenFalse), scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list('Fn::Equals', resolve(argument, scope));
    return isDeepStrictEqual(comparable(left), comparable(right));
  },
  'Fn::And': (argument, scope) => list('Fn::And', argument).every((item) => isTrue(item, scope)),
  'Fn::Or': (argument, scope) => list('Fn::Or', argument).some((item) => isTrue(item, scope)),
  'Fn::Not': (argument, scope) => !isTrue(present('Fn::Not', list('Fn::Not', argument)[0]), scope),
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = list('Fn::FindInMap', resolve(argument, scope)).map((part) =>
      text('Fn::FindInMap', part),
    );
    return scope.mapping(map ?? '', first ?? '', second ?? '');
  },
  'Fn::Base64': (argument, scope) => Buffer.from(text('Fn::Base64', resolve(argument, scope))).toString('base64'),
};

/** CloudFormation compares scalars as strings. */
const comparable = (value: Json | undefined): Json | undefined =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;

const substituted = (name: string, own: JsonObject, scope: Scope): Resolved => {
  const variable = own[name];
  if (variable !== undefined) return variable;
  const dot = name.indexOf('.');
  return dot < 0 ? scope.ref(name) : scope.attribute(name.slice(0, dot), name.slice(dot + 1));
};

const text = (expression: string, value: Resolved | undefined): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Unresolved(expression, `needs a string, has ${shown(value)}`);
};

const list = (expression: string, value: Json | undefined): readonly Json[] => {
  if (isList(value)) return value;
  throw new Unresolved(expression, `needs a list, has ${shown(value)}`);
};

const present = (expression: string, value: Json | undefined): Json => {
  if (value !== undefined) return value;
  throw new Unresolved(expression, 'points at nothing');
};

const shown = (value: Resolved | undefined): string =>
  value === noValue ? 'AWS::NoValue' : (JSON.stringify(value) ?? 'nothing').slice(0, 120);
