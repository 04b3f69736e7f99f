import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { CommandError } from './command-error.ts';
import type { OperatorsEndpoint } from './operators-endpoint.ts';

interface Refusal {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly errors?: readonly { readonly field: string; readonly expected: string }[];
  /** The function URL's own refusal. */
  readonly Message?: string;
  readonly message?: string;
}

/**
 * How far this machine's clock is behind the server's, where the signature was refused for its date.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
const skewOf = (response: Response, { Message, message }: Refusal, signedAt: number): number | undefined => {
  if (response.status !== 403 || !/^Signature (expired|not yet current)/.test(Message ?? message ?? ''))
    return undefined;
  const skewMs = Date.parse(response.headers.get('date') ?? '') - signedAt;
  return Number.isFinite(skewMs) ? skewMs : undefined;
};

const attempts = 4;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Where the error table speaks to callers of the API, and not to an operator at a terminal. */
const said: Readonly<Record<string, string>> = {
  'version-mismatch':
    'Somebody else changes this tenant at the same time. Look at it with "npx ringfence tenants show", then repeat the command if it is still needed.',
  'tenant-not-found': 'There is no tenant with this slug. "npx ringfence tenants list" shows all.',
  'token-not-found':
    'This tenant has no token with this id. The access log has the tenant and the credential of each accepted call; an expired token is removed after 90 days.',
  internal: "The operators' function failed. Its log says why; the command is safe to repeat.",
  unavailable: "The operators' function is busy. Repeat the command in a moment: that is safe.",
  'deadline-exceeded': "The operators' function took too long. Repeat the command: that is safe.",
};

/** What is a word of the command, and not an option. */
const words: Readonly<Record<string, string>> = { slug: 'slug', 'token-id': 'token id' };

/** `body.ownerEmail` as an operator wrote it: `--owner-email`. */
const optionOf = (field: string): string => {
  const name = field.replace(/^body\./, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return words[name] ?? `--${name}`;
};

/** One line. */
const explain = (status: number, { code, title, detail, errors = [], Message, message }: Refusal): string => {
  if (status === 403 && !code)
    return `AWS refused the call: your identity needs lambda:InvokeFunctionUrl and lambda:InvokeFunction on the operators' function. ${Message ?? message ?? ''}`.trim();
  if (errors.length > 0)
    return `${errors.map(({ field, expected }) => `${optionOf(field)}: expected ${expected}`).join('; ')}.`;
  if (code && said[code]) return `${said[code]}`;
  if (title) return `${title}. ${detail ?? ''}`.trimEnd();
  return `The operators' function answered ${status}. Its log says why; the command is safe to repeat.`;
};

/** What a lost connection is called: fetch hides it behind "fetch failed". */
const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
};

/**
 * Calls the operators' function, signed as the operator. Every command is safe to repeat, so busy answers and lost
 * connections are tried again, and a refusal for the machine's clock once, with the server's time. `now` is the time to sign with, epoch milliseconds.
 * @throws CommandError with the refusal's advice
 */
export const callOperators = async <T>(
  endpoint: OperatorsEndpoint,
  command: object,
  now: () => number | Promise<number> = Date.now,
): Promise<T> => {
  const url = new URL(endpoint.url);
  const body = JSON.stringify(command);
  const signer = new SignatureV4({
    service: 'lambda',
    region: endpoint.region,
    credentials: endpoint.credentials,
    sha256: Sha256,
  });
  let skewMs: number | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const signedAt = (await now()) + (skewMs ?? 0);
    const request = await signer.sign(
      {
        method: 'POST',
        protocol: url.protocol,
        hostname: url.hostname,
        ...(url.port && { port: Number(url.port) }),
        path: url.pathname,
        query: {},
        headers: { host: url.host, 'content-type': 'application/json' },
        body,
      },
      { signingDate: new Date(signedAt) },
    );
    const { host: _host, ...headers } = request.headers;
    try {
      const response = await fetch(url, { method: 'POST', headers, body });
      const answer = (await response.json().catch(() => ({}))) as T & Refusal;
      if (response.ok) return answer;
      const skew = skewMs === undefined ? skewOf(response, answer, signedAt) : undefined;
      if (skew !== undefined) {
        skewMs = skew;
        continue;
      }
      if (![429, 502, 503, 504].includes(response.status) || attempt === attempts)
        throw new CommandError(explain(response.status, answer), answer.code === 'invalid-request' ? 2 : 1);
    } catch (error) {
      if (error instanceof CommandError) throw error;
      if (attempt === attempts)
        throw new CommandError(
          `The operators' function at ${url.host} cannot be reached (${reasonOf(error)}). Is it running? "npm start" starts the twin.`,
        );
    }
    await pause(200 * 2 ** attempt);
  }
};
