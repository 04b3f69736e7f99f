import { tokenPattern } from '../../lambdas/model/token-format.ts';

/** `name: value` in JSON, in JSON within JSON, in a query string or in prose: the value follows. */
const named = (name: string, value: string): RegExp => new RegExp(`${name}["'\\\\]*\\s*[:=]\\s*["'\\\\]*${value}`, 'i');

/** What a credential looks like wherever it lies. */
const shapes: Readonly<Record<string, RegExp>> = {
  'API token': tokenPattern,
  'bcrypt hash': /\$2[abxy]\$\d\d\$[./0-9A-Za-z]{53}/,
  // A signed token, and one that was cut off: its header alone, which encodes `{"alg":` or `{"typ":`.
  JWT: /eyJ(hbGciOi|0eXAiOi)[\w-]+|eyJ[\w-]{8,}\.eyJ[\w-]{8,}/,
  'AWS access key': /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  'AWS secret': /(secret_?access_?key|session_?token|x-amz-security-token)["'\\]*\s*[:=]\s*["'\\]*[0-9A-Za-z/+=]{40,}/i,
  'private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'bearer header': /\bbearer\s+[0-9A-Za-z._~+/-]{20,}/i,
  password: named('(password|passwd|passphrase)', `[^\\s"'\\\\,;}]{6,}`),
  // KMS blobs begin with the version of their format: 1 on AWS (0x01 0x02 …) and in the twin.
  'value wrapped by KMS': /(?<![A-Za-z0-9+/])AQ[A-Za-z0-9+/]{90,}/,
  'sealed value': named('(wrapped|sealed|ciphertext|plaintext|ciphertext_?blob)', '[0-9A-Za-z+/_-]{40,}'),
  // https://developer.pagerduty.com/docs/send-alert-event
  'PagerDuty routing key': named('routing_?key', '[0-9a-f]{32}'),
  // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
  'Slack webhook': /hooks\.slack\.com\/(services|workflows|triggers)\/[0-9A-Za-z/]{8,}/i,
};

const noted = new Set<string>();

/** Remembers a token's secret part, so that it is found without its prefix too. Never printed. */
export const noteToken = (token: string): void => {
  if (new RegExp(`^${tokenPattern.source}$`).test(token)) noted.add(token.slice(32, -6));
};

/** The kinds of credential that a text holds; never the credential itself, which a failing test would print. */
export const credentialsIn = (text: string): readonly string[] => [
  ...Object.entries(shapes)
    .filter(([, shape]) => shape.test(text))
    .map(([kind]) => kind),
  ...([...noted].some((secret) => text.includes(secret)) ? ['secret of a token'] : []),
];

/** Text around which something was found, with what may be secret left out. */
export const redacted = (text: string): string =>
  Object.values(shapes)
    .reduce((left, shape) => left.replace(new RegExp(shape.source, `g${shape.flags}`), '…'), text)
    .replace(/[0-9A-Za-z./+_$=-]{20,}/g, '…')
    .slice(0, 300);
