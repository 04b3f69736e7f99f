import { Composer, type CST, type Document, LineCounter, Parser } from 'yaml';
import { duplicateKey } from './duplicate-key.ts';
import { limits } from './limits.ts';
import { lineIn } from './line-of.ts';
import { isTooDeep } from './nesting.ts';
import type { ParsedDocument, YamlFault } from './parsed-document.ts';
import type { DocumentText } from './split-documents.ts';

/** Comments, directives and empty lines alone are no document. */
const isBlank = (text: string): boolean =>
  text
    .replace(/^---/, '')
    .split('\n')
    .every((line) => /^\s*([#%]|$)/.test(line));

const options = { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' } as const;

const compose = (tokens: readonly CST.Token[]): Document.Parsed | undefined =>
  [...new Composer(options).compose(tokens, true)].find(
    (document) => document.contents || document.errors.length > 0,
  ) as Document.Parsed | undefined;

const parse = ({ text, line: first }: DocumentText): ParsedDocument | YamlFault | 'empty' => {
  const lines = new LineCounter();
  // What never ends is missed at the end: on the last line that has something.
  const end = text.trimEnd().length;
  const lineAt = (offset: number): number => first - 1 + Math.max(lines.linePos(Math.min(offset, end)).line, 1);
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  if (isTooDeep(tokens)) return { line: first, reason: 'is nested too deep to be read' };
  const document = compose(tokens);
  if (!document) return 'empty';
  const [error] = document.errors;
  if (error) return { line: lineAt(error.pos[0]), reason: `is no YAML: ${error.message}` };
  const duplicate = duplicateKey(document.contents);
  if (duplicate) {
    const { key, first: earlier, second } = duplicate;
    return { line: lineAt(second), reason: `"${key}" stands twice in one map, first on line ${lineAt(earlier)}` };
  }
  const value: unknown = document.toJS({ maxAliasCount: limits.expandedAliases });
  if ((JSON.stringify(value)?.length ?? 0) > limits.expandedCharacters)
    return { line: first, reason: 'is too large once its aliases (*name) are expanded: write the values out' };
  return {
    value,
    lineOf: (path) => first - 1 + lineIn(document, lines, path),
  };
};

const reasonOf = (error: unknown): string => {
  if (error instanceof ReferenceError && /^Excessive/.test(error.message))
    return `its aliases (*name) expand more than ${limits.expandedAliases} times, as an attack would: write the values out`;
  if (error instanceof TypeError && /circular/i.test(error.message)) return 'refers to itself through an alias (*name)';
  return `is no YAML: ${(error as Error).message}`;
};

/** The values of one document, or on which line it is wrong and why; `empty` where there is nothing to read. */
export const parseDocumentText = (document: DocumentText): ParsedDocument | YamlFault | 'empty' => {
  const { text, line } = document;
  if (text.length > limits.documentCharacters)
    return {
      line,
      reason: `has ${text.length.toLocaleString('en')} characters: at most ${limits.documentCharacters.toLocaleString('en')} are read in one document`,
    };
  if (isBlank(text)) return 'empty';
  try {
    return parse(document);
  } catch (error) {
    return { line, reason: reasonOf(error) };
  }
};
