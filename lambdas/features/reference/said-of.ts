import type { OpenApi } from '../../openapi.ts';
import { branchesOf, resolved, type Schema } from './described.ts';

/** What a schema asks for, in words: `list of text`, and `1 to 80 characters` beside it. */
export interface Said {
  readonly kind: string;
  readonly limits: readonly string[];
}

const formats: Readonly<Record<string, string>> = {
  'date-time': 'date and time',
  date: 'date',
  email: 'e-mail address',
  uri: 'URL',
  iri: 'URL',
};

/** Longer ones and those with classes of signs are for programs: the document has them. */
const patternMax = 48;

const number = (value: number): string => value.toLocaleString('en');

/** `1 to 80 characters`. What JSON numbers can hold anyway is no limit. */
const range = (least: number | undefined, most: number | undefined, what: string): readonly string[] => {
  const hasLeast = least !== undefined && least > Number.MIN_SAFE_INTEGER;
  const hasMost = most !== undefined && most < Number.MAX_SAFE_INTEGER;
  if (hasLeast && hasMost)
    return [least === most ? `${number(most)}${what}` : `${number(least)} to ${number(most)}${what}`];
  if (hasMost) return [`at most ${number(most)}${what}`];
  return hasLeast && least > 0 ? [`at least ${number(least)}${what}`] : [];
};

/** `team_ and 16 letters or digits`. */
const idSaid = (pattern: string): string | undefined => {
  const [, kind, length] = /^\^([a-z]+_)\[0-9A-Za-z\]\{(\d+)\}\$$/.exec(pattern) ?? [];
  return kind && `\`${kind}\` and ${length} letters or digits`;
};

const ofText = ({ format = '', pattern = '', minLength, maxLength }: Schema): Said => {
  const id = idSaid(pattern);
  if (id) return { kind: 'id', limits: [id] };
  if (formats[format]) return { kind: formats[format], limits: [] };
  const form = pattern !== '' && pattern.length <= patternMax && !pattern.includes('\\') ? [`\`${pattern}\``] : [];
  return { kind: 'text', limits: [...range(minLength, maxLength, ' characters'), ...form] };
};

const ofList = (document: OpenApi, { items = {}, minItems, maxItems, uniqueItems }: Schema): Said => {
  const of = saidOf(document, items);
  return {
    kind: `list of ${of.kind}`,
    limits: [
      ...range(minItems, maxItems, ' elements'),
      ...(uniqueItems ? ['none twice'] : []),
      ...of.limits.map((limit) => `each ${limit}`),
    ],
  };
};

const ofChoice = (document: OpenApi, branches: readonly Schema[]): Said => {
  const all = branches.map((branch) => saidOf(document, branch));
  return {
    kind: [...new Set(all.map(({ kind }) => kind))].join(' or '),
    limits: [
      all
        .map(({ limits }) => limits.join(', '))
        .filter(Boolean)
        .join('; or '),
    ].filter(Boolean),
  };
};

export const saidOf = (document: OpenApi, given: Schema): Said => {
  const schema = resolved(document, given);
  if (schema.const !== undefined) return { kind: `always \`${schema.const}\``, limits: [] };
  if (schema.enum) return { kind: 'one of', limits: [schema.enum.map((each) => `\`${each}\``).join(' ')] };
  if (branchesOf(schema).length > 0) return ofChoice(document, branchesOf(schema));
  switch (schema.type) {
    case 'array':
      return ofList(document, schema);
    case 'integer':
      return { kind: 'whole number', limits: range(schema.minimum, schema.maximum, '') };
    case 'boolean':
      return { kind: '`true` or `false`', limits: [] };
    case 'object':
      return { kind: 'object', limits: [] };
    case 'string':
      return ofText(schema);
    default:
      return { kind: 'any value', limits: [] };
  }
};
