import type { Page } from './page.ts';
import { cut } from './safe-text.ts';

type Text =
  | { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true }
  | { readonly type: 'plain_text'; readonly text: string };
type Block =
  | { readonly type: 'header' | 'section'; readonly text: Text }
  | { readonly type: 'context'; readonly elements: readonly Text[] };

/** A message as an incoming webhook takes it. Source: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export interface SlackMessage {
  /** For notifications, and for what shows no blocks. */
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Of header and section: https://docs.slack.dev/reference/block-kit/blocks */
const headerMax = 150;
const sectionMax = 3000;
/** All blocks together may not be longer than about 13,000, though no page says so: https://github.com/slackapi/bolt-js/issues/2509 */
const partMax = 2000;

/** Nobody's text becomes a mention, a link or markup: https://docs.slack.dev/messaging/formatting-message-text#escaping */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Cut before it is escaped, so that no escape is cut in half. */
const shown = (text: string): string => {
  for (let most = partMax; ; most = Math.trunc(most * 0.8)) {
    const result = escaped(cut(text, most));
    if (result.length <= partMax) return result;
  }
};

/** Unless told otherwise Slack makes links and mentions of plain words too: an address in a session's name, `@here`. */
const marked = (text: string): Text => ({ type: 'mrkdwn', text, verbatim: true });
const section = (text: string): Block => ({ type: 'section', text: marked(cut(text, sectionMax)) });
const titled = (title: string, lines: readonly string[]): readonly Block[] =>
  lines.length === 0 ? [] : [section(`*${title}*\n${shown(lines.join('\n'))}`)];
/** A backtick of theirs would end the code. */
const code = (title: string, text: string | undefined): readonly Block[] =>
  text === undefined ? [] : [section(`*${title}*\n\`\`\`${shown(text.replaceAll('`', 'ˋ'))}\`\`\``)];

const heads: Readonly<Record<Page['telling'], string>> = {
  fires: '',
  again: 'Again: ',
  over: 'Fired, and is over: ',
  quiet: 'Quiet again: ',
  nothing: '',
};

const link = (text: string, address: string | undefined): readonly string[] =>
  address === undefined ? [] : address.startsWith('https://') ? [`<${escaped(address)}|${text}>`] : [escaped(address)];

const closing: Readonly<Record<Page['closes'], string>> = {
  itself: 'It is closed in PagerDuty.',
  person: 'It stays open in PagerDuty: a person says when it is over.',
};

/** The message of a page. One that is quiet again is short. */
export const slackMessage = (page: Page): SlackMessage => {
  const title = `${heads[page.telling]}${page.title}`;
  const isShort = page.telling === 'quiet';
  const links = [...link('Runbook', page.runbook), ...link('Dashboard', page.dashboard), ...link('Alarm', page.alarm)];
  const body: readonly Block[] = isShort
    ? titled('What changed', [...page.changed, closing[page.closes]])
    : [
        ...titled('Impact', [page.impact]),
        ...titled('Affected', page.affected),
        ...titled('What changed', page.changed),
        ...code('First', page.firstCommand),
        ...code('Message', page.raw),
        ...code('Find the lines', page.correlation),
      ];
  const about = [page.severity.toUpperCase(), `ringfence-${page.stage}`, page.at, page.technique ?? ''].filter(Boolean);
  return {
    text: cut(
      escaped(cut(`[${page.stage}] ${page.severity}: ${title} ${isShort ? '' : page.impact}`.trim(), 700)),
      3000,
    ),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(title, headerMax) } },
      { type: 'context', elements: [marked(escaped(about.join(' · ')))] },
      ...body,
      ...titled('Not known', page.missing),
      section(links.join('  ·  ')),
    ],
  };
};
