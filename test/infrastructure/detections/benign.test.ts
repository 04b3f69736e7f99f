import { findStage } from '../../../lib/find-stage.ts';
import { benignHours } from './benign-hours.ts';
import { openStand, start } from './stand.ts';

const stage = findStage('local');

beforeEach(() => {
  jest.useFakeTimers({
    doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout'],
  });
});
afterEach(() => {
  jest.useRealTimers();
});

it.each([1, 2, 3])('more than ten thousand events of ordinary life fire nothing (seed %i)', (seed) => {
  const happens = benignHours(stage, seed);
  // What AWS measures tells of the same events once more.
  expect(happens.filter((one) => !('measured' in one)).length).toBeGreaterThan(10_000);
  const stand = openStand(stage);
  stand.play(happens, start + seed * 17_000);
  stand.wait(2 * 3600);
  expect([...stand.fired()]).toEqual([]);
});
