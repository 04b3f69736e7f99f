import type { Detection } from '../../lib/detecting/detection.ts';
import { detections } from '../../lib/detections/index.ts';
import type { Page } from '../../local/stand-ins/stand-ins.ts';
import { subjectOf } from './pages.ts';

export const detectionNamed = (name: string): Detection => {
  const found = detections.find((each) => each.name === name);
  if (!found)
    throw new Error(`The drill expects the detection "${name}", which lib/detections/index.ts does not have.`);
  return found;
};

/** Whether the page is about this detection: about itself, or about the group it belongs to and saying so. */
export const isAbout = (page: Page, { name, group, title }: Detection): boolean =>
  subjectOf(page) === name || (group !== undefined && subjectOf(page) === group && wholeText(page).includes(title));

const wholeText = ({ event }: Page): string => JSON.stringify(event?.payload ?? {});

/** What the page should say of the detection, and does not. */
export const missingIn = (page: Page, detection: Detection): readonly string[] => {
  const payload: Readonly<Record<string, unknown>> = page.event?.payload ?? {};
  const { severity } = payload;
  const said = (payload.custom_details ?? {}) as Readonly<Record<string, unknown>>;
  const expected: readonly (readonly [what: string, is: boolean])[] = [
    [`severity ${detection.severity} (it says ${severity})`, severity === detection.severity],
    ['impact', String(said.impact).includes(detection.impact)],
    ['runbook', detection.group !== undefined || String(said.runbook).includes(detection.name)],
    ['a runbook', String(said.runbook).length > 0],
    ['first command', String(said['first command'] ?? '').length > 0],
  ];
  return expected.filter(([, holds]) => !holds).map(([what]) => what);
};
