import type { Progress } from '../import-catalog.ts';

interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const quietMs = 2000;
const width = 24;

const barOf = (done: number, total: number): string => {
  const filled = Math.round((Math.min(done, total) / Math.max(total, 1)) * width);
  return `[${'='.repeat(filled)}${' '.repeat(width - filled)}]`;
};

/** Shows how far it is: nothing for two seconds, then a bar on a terminal, or elsewhere a line every five seconds. */
export const progressOn = (screen: Screen, now: () => number = Date.now) => {
  const began = now();
  let toldAt = Number.NEGATIVE_INFINITY;
  let isDrawn = false;
  const told: Progress = ({ doing, done, total }) => {
    const at = now();
    if (at - began < quietMs || at - toldAt < (screen.isTTY ? 100 : 5000)) return;
    toldAt = at;
    const count =
      total === undefined ? done.toLocaleString('en') : `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
    if (!screen.isTTY) return void screen.write(`  … ${doing}: ${count}\n`);
    isDrawn = true;
    screen.write(`\r\u001b[K${doing} ${total === undefined ? '' : `${barOf(done, total)} `}${count}`);
  };
  /** Takes the bar off the screen. */
  const end = (): void => {
    if (isDrawn) screen.write('\r\u001b[K');
    isDrawn = false;
  };
  return { told, end };
};
