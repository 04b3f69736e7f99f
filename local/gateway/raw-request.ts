import type { IncomingMessage } from 'node:http';

/** A request as it came over the wire: duplicates, order and spelling of headers kept, nothing decoded. */
export interface RawRequest {
  readonly method: string;
  /** Path and query, as on the request line. */
  readonly url: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** The body is longer than allowed and was not kept. */
  readonly tooLarge: boolean;
  readonly sourceIp: string;
  readonly protocol: string;
}

/** The last value of a header, as API Gateway's single-value `headers` has it. */
export const header = ({ headers }: Pick<RawRequest, 'headers'>, name: string): string | undefined =>
  headers.findLast(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];

/** Reads a request to its end; a body over `bytesMax` is drained and dropped, so that the refusal can be answered. */
export const readRaw = async (incoming: IncomingMessage, bytesMax: number): Promise<RawRequest> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= bytesMax) chunks.push(chunk);
  }
  const url = incoming.url ?? '/';
  const question = url.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    url,
    path: question < 0 ? url : url.slice(0, question),
    query: question < 0 ? '' : url.slice(question + 1),
    headers: pairs(incoming.rawHeaders),
    body: length <= bytesMax ? Buffer.concat(chunks) : Buffer.alloc(0),
    tooLarge: length > bytesMax,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    protocol: `HTTP/${incoming.httpVersion}`,
  };
};

const pairs = (raw: readonly string[]): readonly (readonly [string, string])[] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
