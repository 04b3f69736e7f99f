import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '../../local/stand-ins/stand-ins.ts';
import type { Attack } from './attack.ts';
import type { Control } from './control.ts';
import type { Ground } from './ground.ts';
import { detectionNamed, isAbout, missingIn } from './judge-page.ts';
import { type Pages, subjectOf } from './pages.ts';

export interface Scene {
  readonly ground: Ground;
  readonly control: Control;
  readonly pages: Pages;
}

export interface Outcome {
  readonly attack: Attack;
  /** What the attack came to. */
  readonly came: string;
  /** The page about the expected detection. */
  readonly page?: Page;
  /** By the clock of the twin, from the beginning of the attack. */
  readonly seconds?: number;
  /** What else was paged. */
  readonly also: readonly string[];
  /** Why it does not pass; empty when it does. */
  readonly wrong: readonly string[];
}

/** By how many minutes the clock moves on, turn by turn, until a page is there: alarms look at whole minutes. */
const turns = [1, 1, 1, 5, 8];
const minutesMax = turns.reduce((sum, minutes) => sum + minutes);
/** Real time for a function, a stream or a topic to do its part. */
const settleMs = 250;
const settledAfter = 12;

/**
 * Alarms of one attack are quiet again before the next begins. What streams carry arrives first: it would be twenty
 * minutes late otherwise, and that is an alarm too.
 */
export const coolDown = async ({ control }: Scene): Promise<void> => {
  await wait(6 * settleMs);
  await control.pass(20 * 60_000);
  await wait(2 * settleMs);
};

const firstPageAbout = async ({ pages }: Scene, attack: Attack, mark: number): Promise<Page | undefined> => {
  const detection = detectionNamed(attack.detection);
  for (let turn = 0; turn < settledAfter; turn += 1) {
    const found = (await pages.since(mark)).find((page) => isAbout(page, detection));
    if (found) return found;
    await wait(settleMs);
  }
  return undefined;
};

/** To just after a whole minute, when alarms are looked at. */
const pass = async ({ control }: Scene, minutes: number): Promise<void> => {
  const now = await control.now();
  await control.pass(minutes * 60_000 - (now % 60_000) + 1000);
};

/** Plays one attack, moves the twin's clock on minute by minute until it is paged, and puts back what it changed. */
export const play = async (scene: Scene, attack: Attack): Promise<Outcome> => {
  const { ground, control, pages } = scene;
  const mark = await pages.mark();
  const began = await control.now();
  try {
    const came = await attack.play(ground);
    let page = await firstPageAbout(scene, attack, mark);
    for (const minutes of turns) {
      if (page) break;
      await pass(scene, minutes);
      page = await firstPageAbout(scene, attack, mark);
    }
    const seconds = ((await control.now()) - began) / 1000;
    const also = new Set((await pages.since(mark)).filter((each) => each !== page).map(subjectOf));
    if (page) also.delete(subjectOf(page));
    const wrong = page
      ? missingIn(page, detectionNamed(attack.detection)).map((what) => `the page does not have ${what}`)
      : [`nobody was paged about ${attack.detection} within ${minutesMax} minutes`];
    return { attack, came, ...(page && { page, seconds }), also: [...also], wrong };
  } finally {
    await attack.undo?.(ground);
  }
};
