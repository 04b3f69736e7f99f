import { pages } from '../../../bin/command-line/pages.ts';

/** A list of so many elements, and what was asked of it. */
const listOf = (count: number) => {
  const asked: (readonly [string | undefined, number])[] = [];
  const ask = async (cursor: string | undefined, limit: number) => {
    asked.push([cursor, limit]);
    const from = Number(cursor ?? 0);
    const items = Array.from({ length: Math.min(limit, count - from) }, (_, n) => from + n);
    return { items, ...(from + items.length < count && { next: String(from + items.length) }) };
  };
  return { ask, asked };
};

const all = async (ask: Parameters<typeof pages>[0], limit?: number): Promise<readonly unknown[]> => {
  const seen: unknown[] = [];
  for await (const items of pages(ask, 100, limit)) seen.push(...items);
  return seen;
};

it.each([
  [0, undefined, 0, [[undefined, 100]]],
  [
    250,
    undefined,
    250,
    [
      [undefined, 100],
      ['100', 100],
      ['200', 100],
    ],
  ],
  [
    250,
    120,
    120,
    [
      [undefined, 100],
      ['100', 20],
    ],
  ],
  [250, 100, 100, [[undefined, 100]]],
  [5, 100, 5, [[undefined, 100]]],
])('of %i elements with --limit %s: %i, in the fewest calls', async (count, limit, seen, calls) => {
  const { ask, asked } = listOf(count);
  expect(await all(ask, limit)).toEqual(Array.from({ length: seen }, (_, n) => n));
  expect(asked).toEqual(calls);
});

it('a list that takes longer than two seconds says how far it is, on standard error', async () => {
  const now = jest.spyOn(Date, 'now');
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  let ms = 0;
  now.mockImplementation(() => (ms += 1500));
  await all(listOf(450).ask);
  const said = write.mock.calls.map(([text]) => String(text));
  now.mockRestore();
  write.mockRestore();
  expect(said).toEqual(['  … 200 so far\n', '  … 400 so far\n']);
});
