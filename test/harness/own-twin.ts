import { controlOf } from './control.ts';
import { loggedCredentials } from './log-watch.ts';
import { runTwin } from './run-twin.ts';
import { type TestTwin, testTwin } from './twin.ts';

/** A twin of this file's own, whose clock may be moved at will. */
export interface OwnTwin extends TestTwin {
  /** Looks through what it logged, then ends it. @throws when a credential was logged */
  end(): Promise<void>;
}

export const ownTwin = async (name: string): Promise<OwnTwin> => {
  const addresses = await runTwin(`${name}-${process.env.JEST_WORKER_ID}`);
  return {
    ...testTwin(addresses),
    end: async () => {
      const { found, lines } = await loggedCredentials(controlOf(addresses));
      process.kill(addresses.pid, 'SIGTERM');
      if (lines === 0) throw new Error('The twin logged nothing: this looks in the wrong place.');
      if (found.length > 0) throw new Error(`Credentials were logged:\n${found.slice(0, 20).join('\n')}`);
    },
  };
};
