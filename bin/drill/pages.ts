import type { Page } from '../../local/stand-ins/stand-ins.ts';

/** What the people on call were told, as the stand-ins for PagerDuty and Slack have it. */
export interface Pages {
  /** The number of the last one so far. */
  mark(): Promise<number>;
  /** Those that opened an incident or added to one, after that number. */
  since(mark: number): Promise<readonly Page[]>;
}

export const pagesAt = (standIns: string): Pages => {
  const all = async (since: number): Promise<readonly Page[]> => {
    const response = await fetch(`${standIns}/pages?since=${since}`);
    return ((await response.json()) as { pages: readonly Page[] }).pages;
  };
  return {
    mark: async () => (await all(0)).length,
    since: async (mark) => (await all(mark)).filter(({ event }) => event?.event_action === 'trigger'),
  };
};

/** What a page is about: a detection, or the group that pages for it. */
export const subjectOf = ({ event }: Page): string => String(event?.payload?.component ?? 'unknown');
