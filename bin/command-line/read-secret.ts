import { CommandError } from '../command-error.ts';

/** What a prompt needs of a terminal. */
interface Terminal extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
}

/** No credential is longer; what is piped in by mistake is not read to its end. */
const most = 4096;

const enter = /[\r\n]/;
const interrupt = '\u0003';
const endOfInput = '\u0004';
const eraseOne = ['\u0008', '\u007f'];
/** A terminal may say where a paste begins and ends. */
const pasteBegins = '\u001b[200~';
const pasteEnds = '\u001b[201~';
const eraseAll = '\u0015';

/** What was typed after one more key; a string that is complete, or undefined when the person left. */
const typed = (so: string, key: string): { readonly text: string; readonly ends?: 'done' | 'left' } => {
  if (enter.test(key)) return { text: so, ends: 'done' };
  if (key === interrupt || key === endOfInput) return { text: so, ends: 'left' };
  if (eraseOne.includes(key)) return { text: so.slice(0, -1) };
  if (key === eraseAll) return { text: '' };
  return { text: (so + key).slice(0, most) };
};

/** Reads keys without showing them. */
const readKeys = (input: Terminal): Promise<string> =>
  new Promise((done, failed) => {
    let text = '';
    const end = (): void => {
      input.off('data', onData);
      input.setRawMode?.(false);
      input.pause();
    };
    const onData = (chunk: string | Buffer): void => {
      for (const key of String(chunk).replace(pasteBegins, '').replace(pasteEnds, '')) {
        const { text: now, ends } = typed(text, key);
        text = now;
        if (!ends) continue;
        end();
        if (ends === 'done') done(text);
        else failed(new CommandError('Nothing was done.'));
        return;
      }
    };
    input.setRawMode?.(true);
    input.on('data', onData);
    input.resume();
  });

const readAll = async (input: Terminal): Promise<string> => {
  let text = '';
  for await (const chunk of input) {
    text += String(chunk);
    if (text.length > most) throw new CommandError('Standard input is too long to be a token.', 2);
  }
  return text;
};

/** A secret from standard input: asked for without showing it at a terminal, and read to its end elsewhere. */
export const readSecret = async (
  prompt: string,
  input: Terminal = process.stdin,
  output: { write(text: string): unknown } = process.stderr,
): Promise<string> => {
  if (!input.isTTY) return (await readAll(input)).trim();
  output.write(prompt);
  const text = await readKeys(input).finally(() => output.write('\n'));
  return text.trim();
};
