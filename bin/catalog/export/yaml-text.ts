import { Document, Scalar, visit } from 'yaml';
import type { Descriptor } from './descriptor.ts';

const options = { lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER } as const;

const present = (fields: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Lines that a block may hold as they are: no space at the ends, nothing that does not show. */
const isPlainText = (text: string): boolean => /^[^\s\p{C}]([^\p{C}\p{Z}]| (?=[^\s])|\n(?=[^\s]|\n))*\n?$/u.test(text);

/** Long texts stand as blocks; whatever is odd in quotes, where nothing can be misread. */
const styled = (document: Document): Document => {
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && node.value !== '' && !isPlainText(node.value))
        node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document;
};

/** A descriptor as a YAML document of its own. */
export const yamlText = ({ apiVersion, kind, metadata, spec }: Descriptor): string => {
  const fields = { apiVersion, kind, metadata: present(metadata), spec: present(spec) };
  return `---\n${styled(new Document(fields, { aliasDuplicateObjects: false })).toString(options)}`;
};
