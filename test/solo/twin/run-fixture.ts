import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTwin, type Twin } from '../../../local/twin.ts';
import { synthFixture } from './fixture.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

export interface Call {
  readonly method?: string;
  /** name, value, name, value: duplicates and spelling go out as they are. */
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
}

/** Sends a request as it is: no normalization of path or headers. */
export const send = (url: string, path: string, { method = 'GET', headers = [], body }: Call = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port, host } = new URL(url);
    const own = ['Host', host, ...(body === undefined ? [] : ['Content-Length', String(Buffer.byteLength(body))])];
    const sent = httpRequest({ hostname, port, path, method, headers: [...own, ...headers] }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });

export const bearer = (word: string): readonly string[] => ['Authorization', `Bearer ${word}`];

/** A twin of the fixture in this process, on a data folder of its own. */
export const runFixture = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'twin-fixture-'));
  const twin: Twin = await startTwin({ assembly: synthFixture({ directory }), data: join(directory, 'data') });
  const api = twin.apiUrl ?? '';
  return {
    twin,
    directory,
    send: (path: string, call?: Call) => send(api, path, call),
    as: (word: string, path: string, method = 'GET') => send(api, path, { method, headers: bearer(word) }),
    stop: async () => {
      await twin.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
