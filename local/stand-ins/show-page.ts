import type { Page } from './stand-ins.ts';

export interface Screen {
  /** Characters in a line. */
  readonly width: number;
  readonly hasColours: boolean;
}

const colours: Readonly<Record<string, string>> = { critical: '41;97', error: '31', warning: '33', info: '36' };
const coloured = (text: string, code: string | undefined, { hasColours }: Screen): string =>
  hasColours && code ? `\u001b[${code}m${text}\u001b[0m` : text;

/** A command is copied out of the terminal: a line break in it would break it. */
const isCommand = (line: string): boolean => /^(aws|npx|npm|curl) /.test(line);

/** Whole words where they fit. */
const wrapped = (text: string, width: number): readonly string[] =>
  text.split('\n').flatMap((line) => {
    if (isCommand(line)) return [line];
    const lines: string[] = [];
    let rest = line;
    while (rest.length > width) {
      const space = rest.lastIndexOf(' ', width);
      const at = space > width / 3 ? space : width;
      lines.push(rest.slice(0, at));
      rest = rest.slice(at).trimStart();
    }
    return [...lines, rest];
  });

const asText = (value: unknown): string =>
  Array.isArray(value)
    ? value.map((one) => asText(one)).join('\n')
    : typeof value === 'string'
      ? value
      : (JSON.stringify(value) ?? '');

/** Label and text, the text beside the label and under itself. */
const row = (label: string, value: unknown, width: number): readonly string[] =>
  wrapped(asText(value), width - 16).map((line, index) => `${(index === 0 ? label : '').padEnd(15)} ${line}`);

/** Open at its right, where a command may be longer than the screen is wide. */
const boxed = (head: string, lines: readonly string[], code: string | undefined, screen: Screen): string => {
  const edge = (corner: string) => coloured(`${corner}${'─'.repeat(screen.width - 1)}`, code, screen);
  const bar = coloured('│', code, screen);
  return [edge('┌'), `${bar} ${head}`, edge('├'), ...lines.map((line) => `${bar} ${line}`), edge('└')].join('\n');
};

/** An alert as the on-call's telephone has it: summary, then every detail that was sent. Undefined for what opens none. */
const alertBox = ({ event }: Page, screen: Screen): string | undefined => {
  if (event?.event_action !== 'trigger' || !event.payload) return undefined;
  const { summary, severity, source, custom_details: details, timestamp } = event.payload;
  const inner = screen.width - 2;
  const rows = Object.entries((details ?? {}) as Record<string, unknown>).flatMap(([label, value]) =>
    row(label, value, inner),
  );
  const head = `PAGE  ${severity.toUpperCase()}  ${asText(source)}  ${asText(timestamp)}`.slice(0, inner);
  return boxed(head, rows.length > 0 ? rows : wrapped(summary, inner), colours[severity], screen);
};

/** What happened at the on-call's end, for a terminal: an alert as a box, everything else as one line. */
export const showPage = (page: Page, screen: Screen): string => {
  const { vendor, status, event, message } = page;
  const name = vendor === 'pagerduty' ? 'PagerDuty' : 'Slack';
  if (event) return alertBox(page, screen) ?? `  ${name}  ${event.event_action}  ${event.dedup_key ?? ''}`;
  if (message) return `  ${name}  ${asText(message.text ?? '')}`;
  return `  ${name}  ${status === 0 ? 'gave no answer' : `answered ${status}`}: the page was not taken`;
};

export const screenOf = (stream: NodeJS.WriteStream): Screen => ({
  width: Math.max(60, Math.min(stream.columns ?? 100, 110)),
  hasColours: stream.isTTY === true && !process.env.NO_COLOR,
});
