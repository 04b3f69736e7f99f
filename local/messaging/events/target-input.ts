import { isObject, type Json, type JsonObject } from '../../template/json.ts';
import { valueAt } from './json-path.ts';
import { refuse } from './pattern-error.ts';

/** Of which rule, and when: the predefined variables. */
export interface RuleSight {
  readonly name: string;
  readonly arn: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What a target gets for an event. Throws `PatternError` when the result is not the JSON it has to be. */
export type TargetInput = (event: JsonObject, rule: RuleSight) => string;

/**
 * Reads Input, InputPath or InputTransformer of a target; the whole event where none is given.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export const targetInput = ({ Input, InputPath, InputTransformer }: JsonObject): TargetInput => {
  if ([Input, InputPath, InputTransformer].filter((each) => each !== undefined).length > 1)
    return refuse('a target has Input, InputPath or InputTransformer, one of them');
  if (typeof Input === 'string') return () => minified(Input);
  if (typeof InputPath === 'string') {
    const value = valueAt(InputPath);
    return (event) => JSON.stringify(value(event) ?? null);
  }
  return isObject(InputTransformer) ? transformer(InputTransformer) : (event) => JSON.stringify(event);
};

type Values = (event: JsonObject, rule: RuleSight) => Json | undefined;

/** Variables that need no path. */
const predefined: Readonly<Record<string, Values>> = {
  'aws.events.rule-arn': (_, { arn }) => arn,
  'aws.events.rule-name': (_, { name }) => name,
  'aws.events.event.ingestion-time': (_, { now }) => new Date(now).toISOString(),
  'aws.events.event': ({ detail: _, ...rest }) => rest,
  'aws.events.event.json': (event) => event,
};

const variablesMax = 100;

const transformer = ({ InputPathsMap, InputTemplate }: JsonObject): TargetInput => {
  if (typeof InputTemplate !== 'string') return refuse('an input transformer needs InputTemplate');
  const paths = Object.entries(isObject(InputPathsMap) ? InputPathsMap : {});
  if (paths.length > variablesMax) refuse(`an input transformer has at most ${variablesMax} variables`);
  const named = paths.map(([name, path]): readonly [string, Values] => {
    if (/^aws/i.test(name)) refuse(`the variable ${name} is reserved`);
    const value = valueAt(String(path));
    return [name, (event) => value(event)];
  });
  const variables = new Map([...Object.entries(predefined), ...named]);
  const pieces = piecesOf(InputTemplate, variables);
  return (event, rule) =>
    minified(pieces.map((piece) => (typeof piece === 'string' ? piece : piece(event, rule))).join(''));
};

type Piece = string | ((event: JsonObject, rule: RuleSight) => string);

/**
 * The template in pieces. A variable outside of quotes stands as JSON, inside of quotes as its bare text. EventBridge does
 * not escape that text, nor does the twin: who puts what strangers wrote between quotes can lose the event.
 */
const piecesOf = (template: string, variables: ReadonlyMap<string, Values>): readonly Piece[] => {
  let quoted = false;
  return template.split(/(<[A-Za-z0-9_.-]+>)/).map((text, index): Piece => {
    if (index % 2 === 0) {
      for (const [quote] of text.matchAll(/\\.|"/g)) if (quote === '"') quoted = !quoted;
      return text;
    }
    const values = variables.get(text.slice(1, -1));
    if (values === undefined) return refuse(`the template has ${text}, which is no variable`);
    const written = quoted ? bare : asJson;
    return (event, rule) => written(values(event, rule));
  });
};

const asJson = (value: Json | undefined): string => (value === undefined ? '' : JSON.stringify(value));
const bare = (value: Json | undefined): string => (typeof value === 'string' ? value : asJson(value));

/** Objects and lists must be JSON; a template of strings stays as it is. */
const minified = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return /^\s*[[{]/.test(text) ? refuse(`the input is not JSON: ${text.slice(0, 200)}`) : text;
  }
};
