import { membersOf } from '../../../lib/detecting/pager-table.ts';
import { detections } from '../../../lib/detections/index.ts';
import { findStage } from '../../../lib/find-stage.ts';
import { openStand, start } from './stand.ts';

const stage = findStage('local');

/** Histories begin anywhere in an hour and a period. */
const offsets = [0, 47, 173, 299];

/** Long enough for every period that an alarm looks back on. */
const afterSeconds = (name: string): number => {
  const signal = detections.find((one) => one.name === name)?.signal(stage);
  return signal && signal.by !== 'event-rule' ? signal.when.periodSeconds * (signal.when.periods + 1) + 120 : 60;
};

beforeEach(() => {
  jest.useFakeTimers({
    doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout'],
  });
});
afterEach(() => {
  jest.useRealTimers();
});

describe.each(detections)('$name', (detection) => {
  const { name, group } = detection;
  const { hits, misses, nearMisses } = detection.samples(stage);
  // Its alarms; where a group pages in its place, those of the whole group.
  const own = group ? [group, ...membersOf(group).map((member) => member.name)] : [name];
  const isWanted = (alarm: string): boolean => own.includes(alarm) || alarm.startsWith(`${name}-`);
  const firedBy = (happens: (typeof hits)[number]['happens'], offset: number): ReadonlySet<string> => {
    const stand = openStand(stage, isWanted);
    stand.play(happens, start + offset * 1000);
    stand.wait(afterSeconds(name));
    return stand.fired();
  };

  it.each(hits)('fires: $what', ({ happens }) => {
    const fired = firedBy(happens, 0);
    expect([...fired]).toContain(name);
    if (group) expect([...fired]).toContain(group);
  });

  it.each(misses)('is silent about ordinary life: $what', ({ happens }) => {
    for (const offset of offsets) expect([...firedBy(happens, offset)]).not.toContain(name);
  });

  it.each(nearMisses)('is silent about what comes close: $what', ({ happens }) => {
    for (const offset of offsets) expect([...firedBy(happens, offset)]).not.toContain(name);
  });
});
