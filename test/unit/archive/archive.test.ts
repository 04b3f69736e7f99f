import {
  ArchiveError,
  archiveKey,
  beforeFirst,
  hashOf,
  parseArchive,
  renderArchive,
  sequenceOf,
} from '../../../lambdas/model/archive.ts';
import { changeNumbered } from './fake-store.ts';

const good = Buffer.from(renderArchive(7, hashOf(Buffer.from('before')), [changeNumbered(1), changeNumbered(2)]));
const lines = good.toString('utf8').split('\n');
const [header = '{}'] = lines;
const withHeader = (changed: object): string =>
  [JSON.stringify({ ...JSON.parse(header), ...changed }), ...lines.slice(1)].join('\n');

describe('an object of the archive', () => {
  it('is read as it was written', () => {
    const { header: read, changes } = parseArchive(good);
    expect(read).toMatchObject({
      schema: 1,
      sequence: 7,
      count: 2,
      first: changeNumbered(1).at,
      last: changeNumbered(2).at,
    });
    expect(changes).toEqual([changeNumbered(1), changeNumbered(2)]);
  });

  it('has the same bytes whenever it is written', () => {
    expect(
      Buffer.from(renderArchive(7, hashOf(Buffer.from('before')), [changeNumbered(1), changeNumbered(2)])),
    ).toEqual(good);
  });

  it.each([1, 42, 999_999_999_999])('%d has a key that sorts as its number', (sequence) => {
    expect(sequenceOf(archiveKey(sequence))).toBe(sequence);
    expect(archiveKey(sequence) < archiveKey(sequence + 1) || sequence === 999_999_999_999).toBe(true);
  });

  it.each(['audit/1.ndjson', 'audit/000000000001.json', 'AWSLogs/000000000001.ndjson', 'audit/x/000000000001.ndjson'])(
    'is not %s',
    (key) => expect(sequenceOf(key)).toBeUndefined(),
  );

  it.each([
    ['is empty', '', 'line 1 is no JSON'],
    ['ends in a line', lines.slice(0, -1).join('\n'), 'the last line does not end'],
    ['has no header', `${lines.slice(1).join('\n')}`, 'line 1'],
    ['misses a change', `${[...lines.slice(0, 2), ''].join('\n')}`, 'it holds 1 changes, and its header counts 2'],
    ['counts what is not there', withHeader({ count: 3 }), 'it holds 2 changes, and its header counts 3'],
    ['has a line that is no JSON', `${header}\n{\n{}\n`, 'line 2 is no JSON'],
    ['is of another schema', withHeader({ schema: 2 }), 'line 1: schema'],
    ['names no hash', withHeader({ previous: 'x' }), 'line 1: previous'],
    ['says another time', withHeader({ first: '2020-01-01T00:00:00.000Z' }), 'its header says 2020-01-01'],
    ['has a field nobody wrote', withHeader({ more: 1 }), 'line 1'],
  ])('is refused when it %s', (_, text, message) => {
    expect(() => parseArchive(Buffer.from(text))).toThrow(ArchiveError);
    expect(() => parseArchive(Buffer.from(text))).toThrow(message);
  });

  it('has 64 zeros before the first', () => {
    expect(beforeFirst).toMatch(/^0{64}$/);
  });
});
