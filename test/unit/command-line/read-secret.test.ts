import { PassThrough } from 'node:stream';
import { readSecret } from '../../../bin/command-line/read-secret.ts';

/** A terminal whose keys are pressed by the test. */
const terminal = () => {
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (isRaw: boolean) => raw.push(isRaw) });
  let shown = '';
  const output = { write: (text: string) => (shown += text) };
  return { input, output, raw, shown: () => shown };
};

describe('at a terminal', () => {
  it.each([
    ['typed', ['s', 'e', 'c', '\r'], 'sec'],
    ['pasted', ['secret\n'], 'secret'],
    ['pasted with marks', ['\u001b[200~secret\u001b[201~', '\r'], 'secret'],
    ['corrected', ['sex\u007fcret\r'], 'secret'],
    ['begun again', ['wrong\u0015secret\r'], 'secret'],
  ])('a secret that is %s is not shown', async (_, keys, secret) => {
    const { input, output, raw, shown } = terminal();
    const read = readSecret('Token: ', input, output);
    for (const key of keys) input.write(key);
    await expect(read).resolves.toBe(secret);
    expect([shown(), raw]).toEqual(['Token: \n', [true, false]]);
  });

  it.each(['\u0003', '\u0004'])('leaving with %j does nothing, and the terminal shows again', async (key) => {
    const { input, output, raw } = terminal();
    const read = readSecret('Token: ', input, output);
    input.write(key);
    await expect(read).rejects.toMatchObject({ exitCode: 1, message: 'Nothing was done.' });
    expect(raw).toEqual([true, false]);
  });
});

it('from a pipe it is read to the end, without a prompt', async () => {
  const input = new PassThrough();
  const read = readSecret('Token: ', input, { write: () => expect('a prompt').toBe('none') });
  input.end('secret\n');
  await expect(read).resolves.toBe('secret');
});

it('from a pipe that does not end it is not read for ever', async () => {
  const input = new PassThrough();
  const read = readSecret('', input);
  input.write('x'.repeat(5000));
  await expect(read).rejects.toMatchObject({ exitCode: 2 });
});
