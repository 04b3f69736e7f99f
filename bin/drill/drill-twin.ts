import { screenOf, showPage } from '../../local/stand-ins/show-page.ts';
import { asTable } from '../table.ts';
import type { Attack } from './attack.ts';
import { benignHour } from './benign-hour.ts';
import { controlOf } from './control.ts';
import { detectionNamed } from './judge-page.ts';
import { pagesAt, subjectOf } from './pages.ts';
import { coolDown, type Outcome, play, type Scene } from './play.ts';
import { findRunningTwin } from './twin-file.ts';
import { twinGround } from './twin-ground.ts';

type Say = (text: string) => void;

const shown = ({ attack, came, page, seconds, also, wrong }: Outcome): string => {
  const detection = detectionNamed(attack.detection);
  const lines = [
    `${wrong.length === 0 ? '✓' : '✗'} ${attack.name}: ${attack.story}`,
    `  What it came to   ${came}`,
    ...wrong.map((each) => `  WRONG             ${each}`),
    ...(seconds === undefined
      ? []
      : [
          `  Detected as       ${detection.name}, ${detection.severity}`,
          `  Paged after       ${seconds.toFixed(0)} s of the twin's clock; on AWS add ${detection.delay}`,
        ]),
    ...(also.length > 0 ? [`  Paged as well     ${also.join(', ')}`] : []),
  ];
  return `${lines.join('\n')}${page ? `\n${showPage(page, screenOf(process.stdout))}` : ''}\n`;
};

/** An hour of ordinary work. Gives what was paged in it: nothing, when all is well. */
const quietHour = async (scene: Scene, say: Say): Promise<readonly string[]> => {
  say('A benign hour: two tenants at work, a mistyped token now and then, a deploy, an engineer who signs in.');
  const mark = await scene.pages.mark();
  const progress = (minute: number) => {
    if (process.stdout.isTTY) process.stdout.write(`\r  minute ${minute} of 60`);
  };
  const calls = await benignHour(scene.ground, scene.control.pass, progress);
  await coolDown(scene);
  const paged = (await scene.pages.since(mark)).map(subjectOf);
  const verdict = paged.length === 0 ? '✓ nobody was paged' : `✗ paged: ${paged.join(', ')}`;
  say(`${process.stdout.isTTY ? '\r' : ''}  ${verdict} in 60 minutes of the twin's clock and ${calls} calls\n`);
  return paged;
};

const summary = (outcomes: readonly Outcome[]): string =>
  asTable(
    ['', 'attack', 'detection', 'severity', 'seconds', 'on AWS add'],
    outcomes.map(({ attack, seconds, wrong }) => {
      const { name, severity, delay } = detectionNamed(attack.detection);
      const mark = wrong.length === 0 ? '✓' : '✗';
      return [mark, attack.name, name, severity, seconds === undefined ? '-' : seconds.toFixed(0), delay];
    }),
  );

/** Plays attacks on the running twin. Resolves to the exit code. @throws CommandError when none runs */
export const drillTwin = async (
  dataFolder: string,
  attacks: readonly Attack[],
  withBenignHour: boolean,
  say: Say,
): Promise<number> => {
  const twin = await findRunningTwin(dataFolder);
  const control = controlOf(twin.control);
  say(`Drill on the twin at ${twin.apiUrl}. Its own terminal shows the pages too.\n`);
  const ground = await twinGround(twin, control, dataFolder);
  const scene: Scene = { ground, control, pages: pagesAt(twin.standIns) };
  const outcomes: Outcome[] = [];
  for (const attack of attacks) {
    await coolDown(scene);
    const outcome = await play(scene, attack);
    outcomes.push(outcome);
    say(shown(outcome));
  }
  await coolDown(scene);
  const paged = withBenignHour ? await quietHour(scene, say) : [];
  const failed = outcomes.filter(({ wrong }) => wrong.length > 0).length;
  say(`${summary(outcomes)}\n`);
  say(
    failed + paged.length === 0
      ? `Every attack was detected and paged. What to do on such a page: docs/on-call.md.`
      : `${failed} of ${outcomes.length} attacks not paged as they must be, ${paged.length} pages in the benign hour. How each detection works: docs/detections.md.`,
  );
  return failed + paged.length === 0 ? 0 : 1;
};
