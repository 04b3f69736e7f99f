import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorCode } from '../error-code.ts';
import { TwinError } from '../twin-error.ts';
import { type RawRequest, readRaw } from './raw-request.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

export interface HttpServer {
  readonly port: number;
  readonly url: string;
  /** Takes no more connections, lets acknowledged requests finish for at most `graceMs`, then closes all. */
  stop(graceMs: number): Promise<void>;
}

export interface HttpServerOptions {
  readonly port: number;
  readonly bodyBytesMax: number;
  readonly answer: (request: RawRequest) => Promise<HttpAnswer>;
}

/** An HTTP server on the loopback interface only. A port in use is a `TwinError`. */
export const startHttpServer = async ({ port, bodyBytesMax, answer }: HttpServerOptions): Promise<HttpServer> => {
  let stopping = false;
  const server = createServer((incoming, response) => {
    readRaw(incoming, bodyBytesMax)
      .then(answer)
      .then((answered) => {
        // A client that keeps its connection must not hold up the stop.
        if (stopping) response.setHeader('Connection', 'close');
        write(response, incoming.method, answered);
      })
      .catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(notListening(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    stop: async (graceMs) => {
      stopping = true;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(late);
    },
  };
};

const write = (response: ServerResponse, method: string | undefined, { status, headers, body }: HttpAnswer): void => {
  const merged = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of headers) {
    const known = merged.get(name.toLowerCase());
    if (known) known.values.push(value);
    else merged.set(name.toLowerCase(), { name, values: [value] });
  }
  for (const { name, values } of merged.values())
    response.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
  if (!merged.has('content-length')) response.setHeader('Content-Length', body.length);
  response.writeHead(status);
  response.end(method === 'HEAD' ? undefined : body);
};

const notListening = (error: Error, port: number): Error =>
  errorCode(error) === 'EADDRINUSE'
    ? new TwinError(`Port ${port} is in use.`, 'Stop what listens there, or choose another port (0 takes a free one).')
    : new TwinError(`Cannot listen on port ${port} (${error.message}).`, 'Choose another port (0 takes a free one).');
