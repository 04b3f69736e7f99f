import type { Channels } from './channels.ts';
import type { Decision } from './decide.ts';
import { type Channel, deliver, Undelivered, type Wire } from './deliver.ts';
import type { Page } from './page.ts';
import { pagerDutyEvent } from './pagerduty-event.ts';
import { slackMessage } from './slack-message.ts';

const toPagerDuty = async (wire: Wire, { pagerDuty, wrong }: Channels, page: Page, { actions }: Decision) => {
  if (actions.length === 0) return;
  if (!pagerDuty) throw new Undelivered(`PagerDuty is not told: the pager's secret lacks ${wrong.join(', ')}`);
  for (const action of actions)
    await deliver(wire, 'PagerDuty', {
      url: pagerDuty.url,
      body: pagerDutyEvent(page, action, pagerDuty.routingKey),
      accepted: 202,
    });
};

const toSlack = async (wire: Wire, { slack, wrong }: Channels, page: Page): Promise<void> => {
  if (page.telling === 'nothing') return;
  if (!slack) throw new Undelivered(`Slack is not told: the pager's secret lacks ${wrong.join(', ')}`);
  await deliver(wire, 'Slack', { url: slack.url, body: slackMessage(page), accepted: 200 });
};

/** Tells one vendor what the page says, if there is anything to tell it. @throws Undelivered */
export const tell = (
  channel: Channel,
  wire: Wire,
  channels: Channels,
  page: Page,
  decision: Decision,
): Promise<void> =>
  channel === 'PagerDuty' ? toPagerDuty(wire, channels, page, decision) : toSlack(wire, channels, page);
