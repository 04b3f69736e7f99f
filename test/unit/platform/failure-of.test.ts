import { failureOf } from '../../../lambdas/platform/failure-of.ts';

/** The log lines that answering to this error writes. */
const logged = (error: unknown): string => {
  const { write } = process.stdout;
  const lines: string[] = [];
  process.stdout.write = (text: string | Uint8Array): boolean => lines.push(String(text)) > 0;
  try {
    failureOf(error);
  } finally {
    process.stdout.write = write;
  }
  return lines.join('');
};

describe('the log line of an internal error', () => {
  it('says where it happened', () => {
    expect(logged(new TypeError('x'))).toContain('failure-of.test.ts');
  });

  it.each(['one line of data', 'the first line\nof data', 'a\n  {\n    "of": "data",\n  }'])(
    'tells nothing of its message: %j',
    (message) => {
      expect(logged(new Error(message))).not.toContain('data');
    },
  );
});
