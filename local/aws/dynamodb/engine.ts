import { Agent, type IncomingMessage, request } from 'node:http';
import type { ServiceAnswer } from '../../types.ts';
import { AwsError } from '../aws-error.ts';
import type { Fields } from '../fields.ts';
import type { World } from '../world.ts';
import { startEngineProcess } from './engine-process.ts';

/** The table engine: no caller, no authorization. */
export interface Engine {
  /** Sends an operation's JSON and hands back the answer as it is. */
  forward(operation: string, body: string): Promise<ServiceAnswer>;
  /** For the twin's own needs: ARNs translated both ways, errors thrown with code and message. */
  call(operation: string, input: Fields): Promise<Fields>;
  /** ARNs of the engine in an answer, as the world's. */
  translated(answer: ServiceAnswer): ServiceAnswer;
  close(): Promise<void>;
}

const streamOperations = new Set(['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams']);
const engineArn = 'arn:aws:dynamodb:dynoxide:000000000000:';

const targetOf = (operation: string): string =>
  `${streamOperations.has(operation) ? 'DynamoDBStreams_20120810' : 'DynamoDB_20120810'}.${operation}`;

/** Starts the engine on the folder and keeps connections to it open. */
export const startEngine = async (world: World, folder: string): Promise<Engine> => {
  const { url, stop } = await startEngineProcess(folder);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const worldArn = `arn:aws:dynamodb:${world.region}:${world.account}:`;
  // Engines want a signature to be there and look at its region only.
  const authorization = `AWS4-HMAC-SHA256 Credential=local/20200101/${world.region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

  const forward: Engine['forward'] = async (operation, body) => {
    const { hostname, port } = new URL(await url());
    return new Promise<ServiceAnswer>((resolve, reject) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': targetOf(operation),
        'content-length': Buffer.byteLength(body),
        authorization,
        'x-amz-date': '20200101T000000Z',
      };
      const outgoing = request({ hostname, port, method: 'POST', path: '/', headers, agent }, (response) => {
        readAnswer(response).then(resolve, reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    }).catch(() => {
      // Whether it was done nobody knows, as when DynamoDB itself says this: SDK clients try again.
      throw new AwsError('InternalServerError', 'The DynamoDB engine did not answer.', 500);
    });
  };

  return {
    forward,
    call: async (operation, input) => {
      const answer = await forward(operation, JSON.stringify(input).replaceAll(worldArn, engineArn));
      const value: Fields = JSON.parse(answer.body.toString().replaceAll(engineArn, worldArn));
      if (answer.status === 200) return value;
      throw new EngineError(String(value.__type).replace(/^.*#/, ''), String(value.message ?? value.Message ?? ''));
    },
    translated: (answer) => ({ ...answer, body: answer.body.toString().replaceAll(engineArn, worldArn) }),
    close: async () => {
      agent.destroy();
      await stop();
    },
  };
};

/** An error the engine answered to the twin itself. `name` is AWS's code. */
export class EngineError extends Error {
  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

const readAnswer = async (response: IncomingMessage): Promise<ServiceAnswer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  // Its checksum header is left behind: the body may still be translated.
  return {
    status: response.statusCode ?? 500,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: Buffer.concat(chunks),
  };
};
