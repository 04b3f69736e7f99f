import type { PagerTable } from '../kernel/paged-detection.ts';
import type { Channels } from './channels.ts';
import type { AskContributors } from './contributors.ts';
import { type Decision, decide } from './decide.ts';
import type { Channel, Wire } from './deliver.ts';
import type { Claim, Hold, Incidents } from './incidents.ts';
import type { Notice } from './notice.ts';
import { noticesOf } from './notices-of.ts';
import { type Contributors, pageOf } from './page.ts';
import { type Subject, subjectOf } from './subject.ts';
import { tell } from './tell.ts';

/** All that the pager needs of the world. */
export interface PagerNeeds extends Wire {
  readonly table: PagerTable;
  readonly region: string;
  readonly incidents: Incidents;
  readonly contributors: AskContributors;
  readonly channels: () => Promise<Channels>;
  readonly now: () => number;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fields: Readonly<Record<string, unknown>>) => void;
  /** How long the page waits for AWS to answer a question. It goes without the answer then. */
  readonly askMs: number;
}

const within = async <T>(ms: number, asked: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new Error('no answer in time')), ms);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Error');

/** Somebody else has the same notice: wait until it is told, or its holder is gone. */
const claimed = async (needs: PagerNeeds, notice: Notice, subject: Subject): Promise<Claim> => {
  for (;;) {
    const claim = await within(
      needs.askMs,
      needs.incidents.claim({
        noticeId: notice.id,
        subject: subject.name,
        decide: (known) => decide(subject, notice, known),
        now: needs.now(),
      }),
    );
    if (claim !== 'busy' || needs.leftMs() < 2000) return claim;
    await needs.pause(250 + needs.random() * 250);
  }
};

/** Without memory everything is told: twice is better than never. */
const forgetful = (notice: Notice, subject: Subject): Hold => ({
  decision: decide(subject, notice, undefined),
  told: [],
  mark: async () => {},
  release: async () => {},
});

const askAll = async (needs: PagerNeeds, notice: Notice, { reports }: Subject, missing: string[]) => {
  const answers = await Promise.all(
    reports.map((report) =>
      within(needs.askMs, needs.contributors(report, notice.at)).catch((error: unknown) => {
        needs.log('warn', 'contributors not known', { rule: report.rule, name: nameOf(error) });
        missing.push(`Who is affected (${report.counts} by ${report.by.join(', ')}): CloudWatch did not say.`);
        return undefined;
      }),
    ),
  );
  return answers.filter((answer): answer is Contributors => answer !== undefined);
};

const isWorthAsking = ({ telling }: Decision): boolean => telling !== 'quiet' && telling !== 'nothing';

/** Tells each vendor that was not told yet, and notes it. Gives what went wrong. */
const tellAll = async (needs: PagerNeeds, notice: Notice, subject: Subject, hold: Hold, missing: string[]) => {
  const { decision } = hold;
  const contributors = isWorthAsking(decision) ? await askAll(needs, notice, subject, missing) : [];
  const page = pageOf(needs.table, needs.region, { subject, notice, decision, contributors, missing });
  const untold = (['PagerDuty', 'Slack'] as const).filter((channel) => !hold.told.includes(channel));
  const channels = await within(needs.askMs, needs.channels());
  const failures: string[] = [];
  const one = async (channel: Channel): Promise<void> => {
    try {
      await tell(channel, needs, channels, page, decision);
    } catch (error) {
      needs.log('error', 'page not taken', { notice: notice.id, channel, why: String(error) });
      failures.push(error instanceof Error ? error.message : String(error));
      return;
    }
    await within(needs.askMs, hold.mark(channel)).catch((error: unknown) =>
      needs.log('error', 'page sent but not noted', { notice: notice.id, channel, name: nameOf(error) }),
    );
  };
  await Promise.all(untold.map(one));
  needs.log('info', 'paged', { notice: notice.id, subject: subject.name, telling: decision.telling, failures });
  return failures;
};

/**
 * Tells the on-call what a notice says, each vendor once, whatever else fails. What AWS does not answer is missing from
 * the page, which says so; what a vendor does not take is thrown, so that Lambda tries again and then keeps it.
 * @throws Error when somebody was not told.
 */
const handleNotice = async (needs: PagerNeeds, notice: Notice): Promise<void> => {
  const subject = subjectOf(needs.table, notice);
  const missing: string[] = [];
  const claim = await claimed(needs, notice, subject).catch((error: unknown) => {
    needs.log('error', 'incidents not known', { notice: notice.id, name: nameOf(error) });
    missing.push('Whether it was told before: the table of incidents did not answer.');
    return forgetful(notice, subject);
  });
  if (claim === 'told') return needs.log('info', 'told before', { notice: notice.id });
  if (claim === 'busy') throw new Error('Another delivery of the same notice is being told. Try again.');
  if (claim.decision.telling === 'nothing') {
    needs.log('info', 'nothing to tell', { notice: notice.id, subject: subject.name });
    await within(needs.askMs, claim.release()).catch(() => {});
    return;
  }
  let failures: readonly string[];
  try {
    failures = await tellAll(needs, notice, subject, claim, missing);
  } catch (error) {
    needs.log('error', 'nobody told', { notice: notice.id, name: nameOf(error) });
    failures = [`nobody was told: ${nameOf(error)}`];
  }
  if (failures.length === 0) return;
  await within(needs.askMs, claim.release()).catch(() => {});
  throw new Error(failures.join('; '));
};

/**
 * Tells the on-call of everything in an event of SNS, each notice whatever became of the others.
 * @throws Error when somebody was not told of one.
 */
export const handleEvent = async (needs: PagerNeeds, event: unknown, requestId: string): Promise<void> => {
  const failures: string[] = [];
  for (const notice of noticesOf(event, requestId, needs.now()))
    await handleNotice(needs, notice).catch((error: unknown) =>
      failures.push(error instanceof Error ? error.message : String(error)),
    );
  if (failures.length > 0) throw new Error(failures.join('; '));
};
