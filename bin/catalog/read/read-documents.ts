import type { Report } from '../finding.ts';
import { findFiles } from './find-files.ts';
import { inMebibytes, limits } from './limits.ts';
import { parseDocumentText } from './parse-document.ts';
import type { ParsedDocument } from './parsed-document.ts';
import { readFileText } from './read-file.ts';
import { splitDocuments } from './split-documents.ts';

/** A YAML document, and where it stands. */
export interface ReadDocument extends ParsedDocument {
  readonly file: string;
  readonly line: number;
}

interface Budget {
  bytes: number;
  documents: number;
}

/** The readable documents of a file. What cannot be read is reported, and the next is read. */
function* documentsIn(file: string, text: string, report: Report): Generator<ReadDocument> {
  for (const document of splitDocuments(text)) {
    const parsed = parseDocumentText(document);
    if (parsed === 'empty') {
      if (document.isMarked) report({ weight: 'note', file, line: document.line, reason: 'an empty document' });
    } else if ('reason' in parsed) report({ weight: 'refused', file, ...parsed });
    else yield { ...parsed, file, line: parsed.lineOf([]) };
  }
}

/** Reads all YAML documents of the files and folders, each file once, within the limits. Nothing in them stops it. */
export async function* readDocuments(paths: readonly string[], report: Report): AsyncGenerator<ReadDocument> {
  const left: Budget = { bytes: limits.allBytes, documents: limits.documents };
  for (const file of await findFiles(paths, report)) {
    const read = await readFileText(file);
    if ('reason' in read) {
      report({ weight: 'refused', file, ...read });
      continue;
    }
    left.bytes -= read.bytes;
    if (left.bytes < 0) {
      report({ weight: 'refused', file, reason: `is past the ${inMebibytes(limits.allBytes)} that one import reads` });
      continue;
    }
    for (const document of documentsIn(file, read.text, report)) {
      left.documents -= 1;
      if (left.documents >= 0) yield document;
      else {
        const { line } = document;
        report({ weight: 'refused', file, line, reason: `is past the ${limits.documents} documents of one import` });
        break;
      }
    }
  }
}
