import fc from 'fast-check';
import { type Decision, decide, type Incident } from '../../../lambdas/pager/decide.ts';
import { parseNotice } from '../../../lambdas/pager/notice.ts';
import { subjectOf } from '../../../lambdas/pager/subject.ts';
import { alarmMessage, eventMessage, table } from './samples.ts';

type Step = readonly [state: 'ALARM' | 'OK', seconds: number];

/** What is told of one alarm's changes, in the order in which they arrive. */
const told = (name: string, steps: readonly Step[]): readonly Decision[] => {
  let known: Incident | undefined;
  return steps.map(([state, seconds]) => {
    const notice = parseNotice(JSON.stringify(alarmMessage(name, state, seconds)), 'm', 0);
    const decision = decide(subjectOf(table, notice), notice, known);
    known = decision.incident;
    return decision;
  });
};

const hour = 3600;
const cases: readonly (readonly [what: string, name: string, steps: readonly Step[], expected: readonly string[]])[] = [
  [
    'fires and ends',
    'api-slow',
    [
      ['ALARM', 0],
      ['OK', 60],
    ],
    ['fires trigger', 'quiet resolve'],
  ],
  [
    'fires again after its end',
    'api-slow',
    [
      ['ALARM', 0],
      ['OK', 60],
      ['ALARM', 90],
    ],
    ['fires trigger', 'quiet resolve', 'fires trigger'],
  ],
  [
    'a second ALARM while it is open',
    'api-slow',
    [
      ['ALARM', 0],
      ['ALARM', 60],
    ],
    ['fires trigger', 'again trigger'],
  ],
  [
    'its end before its beginning',
    'api-slow',
    [
      ['OK', 60],
      ['ALARM', 0],
    ],
    ['quiet resolve', 'over trigger resolve'],
  ],
  [
    'an old ALARM after a newer end',
    'api-slow',
    [
      ['ALARM', 0],
      ['OK', 60],
      ['ALARM', 30],
    ],
    ['fires trigger', 'quiet resolve', 'over trigger resolve'],
  ],
  [
    'an old end after a newer ALARM',
    'api-slow',
    [
      ['ALARM', 0],
      ['ALARM', 90],
      ['OK', 60],
    ],
    ['fires trigger', 'again trigger', 'nothing '],
  ],
  [
    'an end that comes after the ALARM that followed it',
    'api-slow',
    [
      ['ALARM', 90],
      ['OK', 60],
    ],
    ['fires trigger', 'nothing '],
  ],
  [
    'a person closes it: its end resolves nothing',
    'tenant-boundary-touched',
    [
      ['ALARM', 0],
      ['OK', 60],
    ],
    ['fires trigger', 'quiet '],
  ],
  [
    'what a person has open is added to',
    'tenant-boundary-touched',
    [
      ['ALARM', 0],
      ['OK', 60],
      ['ALARM', 90],
    ],
    ['fires trigger', 'quiet ', 'again trigger'],
  ],
  [
    'after a day it is another matter',
    'tenant-boundary-touched',
    [
      ['ALARM', 0],
      ['OK', 60],
      ['ALARM', 25 * hour],
    ],
    ['fires trigger', 'quiet ', 'fires trigger'],
  ],
  [
    'a person closes it: late messages resolve nothing',
    'tenant-boundary-touched',
    [
      ['OK', 60],
      ['ALARM', 0],
    ],
    ['quiet ', 'fires trigger'],
  ],
];

it.each(cases)('%s (%s)', (_, name, steps, expected) => {
  expect(told(name, steps).map(({ telling, actions }) => `${telling} ${actions.join(' ')}`)).toEqual(expected);
});

it('a new alarm that says OK for the first time tells nobody', () => {
  const message = alarmMessage('api-slow', 'OK', 0, { OldStateValue: 'INSUFFICIENT_DATA' });
  const notice = parseNotice(JSON.stringify(message), 'm', 0);
  expect(decide(subjectOf(table, notice), notice, undefined)).toMatchObject({ telling: 'nothing', actions: [] });
});

it('each event is told, and adds to the one before', () => {
  const notice = parseNotice(JSON.stringify(eventMessage('trail-changed')), 'm', 0);
  const subject = subjectOf(table, notice);
  const first = decide(subject, notice, undefined);
  expect([first.telling, decide(subject, notice, first.incident).telling]).toEqual(['fires', 'again']);
});

describe('in whatever order the changes of an alarm arrive', () => {
  const changes = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 8 }).chain((times) => {
    const steps = times.sort((a, b) => a - b).map((at, index): Step => [index % 2 === 0 ? 'ALARM' : 'OK', at]);
    return fc.shuffledSubarray(steps, { minLength: steps.length });
  });

  it('every ALARM is told to PagerDuty', () => {
    fc.assert(
      fc.property(changes, fc.constantFrom('api-slow', 'tenant-boundary-touched'), (steps, name) => {
        const triggers = told(name, steps).filter(({ actions }) => actions.includes('trigger'));
        expect(triggers).toHaveLength(steps.filter(([state]) => state === 'ALARM').length);
      }),
    );
  });

  it('what closes itself is open in the end exactly when its newest change is an ALARM', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const newest = [...steps].sort(([, a], [, b]) => b - a)[0]?.[0];
        const lastAction = told('api-slow', steps)
          .flatMap(({ actions }) => actions)
          .at(-1);
        expect(lastAction).toBe(newest === 'ALARM' ? 'trigger' : 'resolve');
      }),
    );
  });

  it('what a person closes is never resolved', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        expect(told('tenant-boundary-touched', steps).flatMap(({ actions }) => actions)).not.toContain('resolve');
      }),
    );
  });
});
