import { failureOf } from '../../../lambdas/platform/failure-of.ts';
import { written } from '../../harness/written-lines.ts';

/** The log lines that answering to this error writes. */
const logged = async (error: unknown): Promise<string> => (await written(() => failureOf(error))).lines.join('\n');

describe('the log line of an internal error', () => {
  it('says where it happened', async () => {
    expect(await logged(new TypeError('x'))).toContain('failure-of.test.ts');
  });

  it.each(['one line of data', 'the first line\nof data', 'a\n  {\n    "of": "data",\n  }'])(
    'tells nothing of its message: %j',
    async (message) => {
      expect(await logged(new Error(message))).not.toContain('data');
    },
  );
});
