/** The other end of the pager on this machine: what stands in for PagerDuty and Slack, and shows what they are told. */
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { screenOf, showPage } from '../local/stand-ins/show-page.ts';
import { type StandIns, startStandIns } from '../local/stand-ins/stand-ins.ts';
import type { Twin } from '../local/twin.ts';

/** Pages show in this terminal. They page nobody. */
export const startOnCall = (say: (text: string) => void): Promise<StandIns> =>
  startStandIns((page) => say(showPage(page, screenOf(process.stdout))));

/** Gives the pager the addresses of the stand-ins, as an operator gives it those of PagerDuty and Slack. */
export const putPagerSecret = async (
  { endpointUrl: endpoint, region, administrator: credentials }: Twin,
  { routingKey, pagerDutyUrl, slackWebhookUrl }: StandIns,
): Promise<void> => {
  const client = new SecretsManagerClient({ endpoint, region, credentials });
  const SecretString = JSON.stringify({ pagerDutyRoutingKey: routingKey, slackWebhookUrl, pagerDutyUrl });
  await client.send(new PutSecretValueCommand({ SecretId: 'ringfence-local-pager', SecretString }));
  client.destroy();
};
