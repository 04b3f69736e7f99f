import { RecentlyTold } from '../../../lambdas/platform/recently-told.ts';

const minutes = 60_000;
const told = () => new RecentlyTold(5 * minutes, 3);

describe('what this instance told of lately', () => {
  it('is first once, and again when its time is over', () => {
    const refusals = told();
    const seen = [0, 1, 4.99, 5, 9.99, 10].map((at) => refusals.isFirst('a', at * minutes));
    expect(seen).toEqual([true, false, false, true, false, true]);
  });

  it('is told apart by its key', () => {
    const refusals = told();
    expect(['a', 'b', 'a', 'b'].map((key) => refusals.isFirst(key, 0))).toEqual([true, true, false, false]);
  });

  it('is first again when the clock was set back: a clock never silences it', () => {
    const refusals = told();
    refusals.isFirst('a', 60 * minutes);
    expect(refusals.isFirst('a', 0)).toBe(true);
    expect(refusals.isFirst('a', 1)).toBe(false);
  });

  it('takes bounded memory: the oldest is forgotten, and told again', () => {
    const refusals = told();
    for (const key of ['a', 'b', 'c', 'd']) refusals.isFirst(key, 0);
    expect(['d', 'c', 'b', 'a'].map((key) => refusals.isFirst(key, 1))).toEqual([false, false, false, true]);
  });
});
