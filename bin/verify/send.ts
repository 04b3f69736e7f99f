import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface Sent {
  readonly method?: string;
  /** Sent as they are, duplicates too. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Buffer;
}

export interface Reply {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

const timeoutMs = 35_000;

/** One request, sent exactly as given: fetch would join headers and normalize the path. */
export const send = (origin: string, path: string, { method = 'GET', headers = [], body }: Sent = {}): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const url = new URL(origin);
    const length = body === undefined ? [] : [['Content-Length', String(Buffer.byteLength(body))]];
    const message = (url.protocol === 'https:' ? requestHttps : requestHttp)(
      {
        host: url.hostname,
        port: url.port,
        method,
        path: `${url.pathname.replace(/\/$/, '')}${path}`,
        headers: [['Host', url.host], ...length, ...headers].flat() as never,
        agent: false,
        timeout: timeoutMs,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    message.on('timeout', () => message.destroy(new Error(`no answer from ${url.host} in ${timeoutMs / 1000} s`)));
    message.on('error', reject);
    message.end(body);
  });

export const bearer = (token: string): readonly [string, string] => ['Authorization', `Bearer ${token}`];
