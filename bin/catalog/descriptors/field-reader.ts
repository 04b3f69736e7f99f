import type * as z from 'zod';
import { fieldErrorsOf } from '../../../lambdas/model/field-errors.ts';
import type { Path } from '../read/parsed-document.ts';
import { leftovers } from './leftovers.ts';

export interface FieldProblem {
  readonly path: Path;
  readonly reason: string;
}

/** The values of one document by path. What was never asked for is what has no place. */
export interface FieldReader {
  /** The value if it is there and fits, else undefined; one that does not fit is a problem. */
  take<T>(path: Path, schema: z.ZodType<T>): T | undefined;
  /** A value that is there, as it is. */
  peek(path: Path): unknown;
  refuse(path: Path, reason: string): void;
  /** The value is left out, and the rest of the document goes in. */
  leaveOut(path: Path, reason: string): void;
  readonly problems: readonly FieldProblem[];
  readonly leftOut: readonly FieldProblem[];
  /** Fields that hold something and were not taken. */
  leftovers(): readonly Path[];
}

const step = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string | number, unknown>>)[key]
    : undefined;

export const fieldText = (path: Path): string => path.join('.');

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value));
  return [...text].length > 60 ? `${[...text].slice(0, 57).join('')}…` : text;
};

/** A reader of one document's values. */
export const fieldReader = (root: unknown): FieldReader => {
  const taken = new Set<string>();
  const problems: FieldProblem[] = [];
  const leftOut: FieldProblem[] = [];
  const peek = (path: Path): unknown => path.reduce<unknown>(step, root);
  return {
    peek,
    problems,
    leftOut,
    leaveOut: (path, reason) => void leftOut.push({ path, reason }),
    refuse: (path, reason) => void problems.push({ path, reason }),
    leftovers: () => leftovers(root, taken),
    take: (path, schema) => {
      taken.add(JSON.stringify(path));
      const value = peek(path);
      if (value === undefined || value === null) return undefined;
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
      for (const issue of parsed.error.issues) {
        const at = [...path, ...issue.path.filter((key) => typeof key !== 'symbol')];
        const [first] = fieldErrorsOf('', { issues: [issue] } as unknown as z.ZodError);
        problems.push({ path: at, reason: `is ${shown(peek(at))}: expected ${first?.expected ?? 'another value'}` });
      }
      return undefined;
    },
  };
};
