import { request } from 'node:http';
import { watchAnswer } from './answer-watch.ts';

export interface Reply {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Parsed body; undefined when there is none. */
  readonly json: unknown;
}

export interface Ask {
  readonly token?: string;
  readonly body?: unknown;
  /** Sent as they are, duplicates too. */
  readonly headers?: readonly (readonly [string, string])[];
  /** Sent instead of `body`, byte for byte. */
  readonly raw?: string | Buffer;
}

/** Lines of JSON are read as the page that they are. */
const parsedOf = (type: string, text: string): unknown => {
  if (!type.includes('ndjson')) return JSON.parse(text);
  const lines = linesIn(text);
  const { next } = (lines.at(-1) ?? {}) as { next?: string };
  return next === undefined ? { items: lines } : { items: lines.slice(0, -1), next };
};

/** Every line, parsed. */
export const linesIn = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** One request over real HTTP, sent exactly as given: no normalisation of path or headers. */
export const ask = (
  origin: string,
  method: string,
  path: string,
  { token, body, headers = [], raw }: Ask = {},
): Promise<Reply> => {
  const url = new URL(origin);
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const sent = [
    ['Host', url.host],
    ...(token === undefined ? [] : [['Authorization', `Bearer ${token}`]]),
    ...(body === undefined ? [] : [['Content-Type', 'application/json']]),
    ...(payload === undefined ? [] : [['Content-Length', String(Buffer.byteLength(payload))]]),
    ...headers,
  ].flat();
  return new Promise((resolve, reject) => {
    const message = request(
      { host: url.hostname, port: url.port, method, path, headers: sent as never, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const type = response.headers['content-type'] ?? '';
          // A page without items has no line: its text is empty.
          const isJson = /ndjson/.test(type) || (/json/.test(type) && text !== '');
          const reply: Reply = {
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            json: isJson ? parsedOf(type, text) : undefined,
          };
          watchAnswer({ method, path, ...reply });
          resolve(reply);
        });
      },
    );
    message.on('error', reject);
    message.end(payload);
  });
};
