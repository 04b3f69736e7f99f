import { tokenPattern } from '../../lambdas/model/token-format.ts';

/** What a credential looks like wherever it lies. */
const shapes: Readonly<Record<string, RegExp>> = {
  'API token': tokenPattern,
  'bcrypt hash': /\$2[abxy]\$\d\d\$[./0-9A-Za-z]{53}/,
  // A signed token, and one that was cut off: its header alone, which encodes `{"alg":` or `{"typ":`.
  JWT: /eyJ(hbGciOi|0eXAiOi)[\w-]+|eyJ[\w-]{8,}\.eyJ[\w-]{8,}/,
  'AWS access key': /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  'AWS secret': /(secret_?access_?key|session_?token|x-amz-security-token)["'\\]*\s*[:=]\s*["'\\]*[0-9A-Za-z/+=]{40}/i,
  'private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'bearer header': /\bbearer\s+[0-9A-Za-z._~+/-]{20}/i,
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
export const redacted = (text: string): string => text.replace(/[0-9A-Za-z./+_$=-]{20,}/g, '…').slice(0, 300);
