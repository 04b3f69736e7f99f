import { writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { writeFault } from './write-fault.ts';

const standardOutput = 1;

/**
 * Writes all of a text to standard output. Past the stream, which would take a closed pipe for the end of the work.
 * @throws CommandError when it cannot be written
 */
export const writeOut = async (text: string): Promise<void> => {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(standardOutput, bytes, at);
    } catch (error) {
      // A pipe that is full for now.
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') await wait(5);
      else throw writeFault('standard output', error, 'What was written is not the whole catalog.');
    }
  }
};
