/** Where the on-call is reached. Holds secrets: it never becomes text. */
export interface Channels {
  readonly pagerDuty?: { readonly url: string; readonly routingKey: string };
  readonly slack?: { readonly url: string };
  /** What the secret lacks; names of its fields, never their values. */
  readonly wrong: readonly string[];
}

export const pagerDutyUrl = 'https://events.pagerduty.com/v2/enqueue';

/** A page goes over TLS, or does not leave the machine. */
const isAddress = (value: unknown): value is string =>
  typeof value === 'string' && /^(https:\/\/[\w.-]+(:\d+)?|http:\/\/127\.0\.0\.1:\d+)\/\S*$/.test(value);

const fieldsOf = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};

/** The value of the pager's secret. What is right in it is used, whatever else is wrong. */
export const parseChannels = (text: string): Channels => {
  const { pagerDutyRoutingKey: key, slackWebhookUrl, pagerDutyUrl: url = pagerDutyUrl } = fieldsOf(text);
  const isKey = typeof key === 'string' && /^[0-9A-Za-z]{32}$/.test(key);
  return {
    ...(isKey && isAddress(url) && { pagerDuty: { url, routingKey: key } }),
    ...(isAddress(slackWebhookUrl) && { slack: { url: slackWebhookUrl } }),
    wrong: [
      ...(isKey ? [] : ['pagerDutyRoutingKey']),
      ...(isAddress(url) ? [] : ['pagerDutyUrl']),
      ...(isAddress(slackWebhookUrl) ? [] : ['slackWebhookUrl']),
    ],
  };
};
