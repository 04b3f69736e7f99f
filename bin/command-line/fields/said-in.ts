import { CommandError } from '../../command-error.ts';
import type { Field, Fields, Kind } from './field.ts';

type Given = Readonly<Record<string, unknown>>;

const split = ({ name, option }: Field, text: string, sign: ':' | '='): readonly [string, string] => {
  const at = text.indexOf(sign);
  if (at < 1) throw new CommandError(`--${name} is "${text}": expected ${option.value}.`, 2);
  return [text.slice(0, at), text.slice(at + 1)];
};

/** What is no number is sent as it is: the API says what it expects. */
const readNumber = (text: string): number | string => (/^-?\d{1,15}$/.test(text) ? Number(text) : text);

const readers: Readonly<Record<Exclude<Kind, 'pairs'>, (field: Field, text: string) => unknown>> = {
  text: (_, text) => text,
  number: (_, text) => readNumber(text),
  boolean: (_, text) => text === 'true',
  contact: (field, text) => {
    const [kind, value] = split(field, text, ':');
    return { kind, value };
  },
};

/** Pairs as an object. A change takes away the key that has an empty value. */
const readPairs = (field: Field, texts: readonly string[], isChange: boolean): Given =>
  Object.fromEntries(
    texts.map((text) => {
      const [key, value] = split(field, text, '=');
      return [key, isChange && value === '' ? null : value];
    }),
  );

const valueIn = (field: Field, given: unknown, isChange: boolean): unknown => {
  const texts = [given].flat().map(String);
  // A change that says nothing takes the field away.
  if (isChange && texts.every((text) => text === '')) return field.isList ? [] : null;
  if (field.kind === 'pairs') return readPairs(field, texts, isChange);
  const read = readers[field.kind];
  const values = texts.map((text) => read(field, text));
  return field.isList ? values : values[0];
};

/** The fields that options said, by property. */
export const saidIn = ({ fields }: Pick<Fields, 'fields'>, options: Given, isChange = false): Given =>
  Object.fromEntries(
    fields
      .filter(({ name }) => options[name] !== undefined)
      .map((field) => [field.property, valueIn(field, options[field.name], isChange)]),
  );

/** `body.aliases.0` as `--alias`, where an option said it. */
export const optionNamed =
  ({ fields }: Pick<Fields, 'fields'>, options: Given) =>
  (field: string): string | undefined => {
    if (field === 'header.if-match') return '--if-version';
    const [, property] = field.match(/^(?:body|query)\.([A-Za-z]+)/) ?? [];
    const found = fields.find((each) => each.property === property && options[each.name] !== undefined);
    return found && `--${found.name}`;
  };
