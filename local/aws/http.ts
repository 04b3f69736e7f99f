import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import type { ServiceAnswer } from '../types.ts';
import type { SignedRequest } from './signature.ts';

/** DynamoDB takes 16 MB in a batch; nothing of AWS's JSON services takes more. */
const bodyBytesMax = 17 * 1024 * 1024;

/** The request with its whole body. Throws when it is longer than any AWS service takes, or breaks off. */
export const readRequest = async (incoming: IncomingMessage): Promise<SignedRequest> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyBytesMax) throw new Error('request body too large');
    chunks.push(chunk);
  }
  const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  const address = incoming.socket.remoteAddress;
  return { method: incoming.method ?? '', url: incoming.url ?? '/', headers: incoming.headers, body, address };
};

/** `date` is the twin's time: SDK clients correct their clock by it when a signature was refused for its date. */
export const send = (response: ServerResponse, answer: ServiceAnswer, requestId: string, date: number): void => {
  response.writeHead(answer.status, {
    // The answer to HEAD tells a length and has no body.
    'content-length': Buffer.byteLength(answer.body),
    ...answer.headers,
    date: new Date(date).toUTCString(),
    'x-amzn-requestid': requestId,
  });
  response.end(answer.body);
};

/** Listens on 127.0.0.1 only and returns the port. */
export const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
