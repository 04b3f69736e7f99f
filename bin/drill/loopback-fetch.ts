import { request } from 'node:http';
import type { Answer, Ask } from './ground.ts';

/** One call of the API over plain HTTP from an address of this machine: every 127.x.y.z is one, so that attackers differ. */
export const askFrom = (api: string, method: string, path: string, { token, body, from }: Ask): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const outgoing = request(
      new URL(path, api),
      {
        method,
        ...(from !== undefined && { localAddress: from }),
        agent: false,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: parsed(Buffer.concat(chunks)) }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(text);
  });

const parsed = (bytes: Buffer): Answer['body'] => {
  try {
    return JSON.parse(bytes.toString()) as Answer['body'];
  } catch {
    return {};
  }
};
