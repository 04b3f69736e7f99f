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
}

const attempts = 4;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const explain = (status: number, refusal: Refusal): string => {
  if (status === 403 && !refusal.code) {
    return `AWS refused the call: your identity needs lambda:InvokeFunctionUrl on the operators' function. ${refusal.Message ?? ''}`.trim();
  }
  const fields = (refusal.errors ?? []).map(
    ({ field, expected }) => `\n  ${field.replace(/^body\./, '')}: ${expected}`,
  );
  return `${refusal.title ?? `The operators' function answered ${status}`}. ${refusal.detail ?? ''}${fields.join('')}`.trimEnd();
};

/**
 * Calls the operators' function, signed as the operator. Every command is safe to repeat, so busy answers and lost
 * connections are tried again.
 * @throws CommandError with the refusal's advice
 */
export const callOperators = async <T>(endpoint: OperatorsEndpoint, command: object): Promise<T> => {
  const url = new URL(endpoint.url);
  const body = JSON.stringify(command);
  const signer = new SignatureV4({
    service: 'lambda',
    region: endpoint.region,
    credentials: endpoint.credentials,
    sha256: Sha256,
  });
  for (let attempt = 1; ; attempt += 1) {
    const request = await signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port && { port: Number(url.port) }),
      path: url.pathname,
      query: {},
      headers: { host: url.host, 'content-type': 'application/json' },
      body,
    });
    const { host: _host, ...headers } = request.headers;
    try {
      const response = await fetch(url, { method: 'POST', headers, body });
      const answer = (await response.json().catch(() => ({}))) as T & Refusal;
      if (response.ok) return answer;
      if (![429, 502, 503, 504].includes(response.status) || attempt === attempts)
        throw new CommandError(explain(response.status, answer));
    } catch (error) {
      if (error instanceof CommandError) throw error;
      if (attempt === attempts)
        throw new CommandError(
          `The operators' function at ${url.host} cannot be reached: ${(error as Error).message}. Is it running?`,
        );
    }
    await pause(200 * 2 ** attempt);
  }
};
