import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMisbehaviours, type Misbehaviour, parseMisbehaviour } from './misbehaviour.ts';
import { type Alert, createPagerDuty, type PagerDutyEvent } from './pagerduty.ts';
import { answerSlack, type SlackMessage } from './slack.ts';
import type { VendorAnswer } from './vendor.ts';

/** A request that a vendor answered, or failed to. */
export interface Page {
  /** Counts from 1. */
  readonly number: number;
  /** Epoch milliseconds of this machine. */
  readonly at: number;
  readonly vendor: Misbehaviour['vendor'];
  /** 0 for one that got no answer. */
  readonly status: number;
  readonly body: string;
  /** What it took. */
  readonly event?: PagerDutyEvent;
  readonly message?: SlackMessage;
}

export interface StandIns {
  /**
   * For whoever asks what came: `GET /pages?since=0`, `GET /alerts`, `POST` and `DELETE /misbehaviours`. A random segment
   * keeps pages in a browser and other users of this machine from it.
   */
  readonly url: string;
  readonly pagerDutyUrl: string;
  readonly routingKey: string;
  readonly slackWebhookUrl: string;
  /** Requests after that number. */
  pages(since?: number): readonly Page[];
  alerts(): readonly Alert[];
  misbehave(misbehaviour: Misbehaviour): void;
  behave(): void;
  stop(): Promise<void>;
}

const bodyBytesMax = 2 * 1024 * 1024;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyBytesMax) throw new Error('request body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const bad: Readonly<Record<'too-many' | 'fault' | 'refuse', number>> = { 'too-many': 429, fault: 500, refuse: 400 };

const send = (response: ServerResponse, { status, type, body }: VendorAnswer, headers: object = {}): void => {
  response.writeHead(status, { 'Content-Type': type, ...headers });
  response.end(body);
};

/**
 * PagerDuty and Slack on this machine, in one server on the loopback interface. They check what they get against the
 * vendors' published schemas, answer as the vendors do, and can be told to misbehave. They page nobody.
 */
export const startStandIns = async (onPage: (page: Page) => void = () => {}): Promise<StandIns> => {
  const routingKey = randomBytes(16).toString('hex');
  const desk = `/${randomBytes(24).toString('base64url')}`;
  const hook = `/services/T${randomBytes(5).toString('hex')}/B${randomBytes(5).toString('hex')}/${randomBytes(12).toString('hex')}`;
  const pagerDuty = createPagerDuty(routingKey);
  const misbehaviours = createMisbehaviours();
  const pages: Page[] = [];

  const note = (page: Omit<Page, 'number' | 'at'>): void => {
    const noted = { number: pages.length + 1, at: Date.now(), ...page };
    pages.push(noted);
    onPage(noted);
  };

  const vendor = async (
    name: Misbehaviour['vendor'],
    request: IncomingMessage,
    response: ServerResponse,
    answer: (body: string) => VendorAnswer & Pick<Page, 'event' | 'message'>,
  ): Promise<void> => {
    const body = await bodyOf(request);
    const misbehaviour = misbehaviours.next(name);
    if (misbehaviour?.kind === 'hang') return note({ vendor: name, status: 0, body });
    if (misbehaviour?.kind === 'close') {
      note({ vendor: name, status: 0, body });
      request.socket.destroy();
      return;
    }
    if (misbehaviour) {
      const status = bad[misbehaviour.kind];
      note({ vendor: name, status, body });
      const { retryAfterSeconds } = misbehaviour;
      const headers = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
      return send(response, { status, type: 'text/plain', body: misbehaviour.kind }, headers);
    }
    const { event, message, ...rest } = answer(body);
    note({ vendor: name, status: rest.status, body, ...(event && { event }), ...(message && { message }) });
    send(response, rest);
  };

  const json = (response: ServerResponse, status: number, value: unknown): void =>
    send(response, { status, type: 'application/json', body: JSON.stringify(value) });

  const routed = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    switch (`${request.method} ${pathname}`) {
      case 'POST /v2/enqueue':
        return vendor('pagerduty', request, response, pagerDuty.answer);
      case `POST ${hook}`:
        return vendor('slack', request, response, answerSlack);
      case `GET ${desk}/pages`:
        return json(response, 200, { pages: pages.slice(Number(searchParams.get('since') ?? 0) || 0) });
      case `GET ${desk}/alerts`:
        return json(response, 200, { alerts: pagerDuty.alerts() });
      case `DELETE ${desk}/misbehaviours`:
        misbehaviours.clear();
        return json(response, 200, {});
      case `POST ${desk}/misbehaviours`: {
        const misbehaviour = parseMisbehaviour(JSON.parse(await bodyOf(request)));
        if (misbehaviour) misbehaviours.add(misbehaviour);
        return json(response, misbehaviour ? 200 : 400, {});
      }
      default:
        return send(response, { status: 404, type: 'text/plain', body: 'no_service' });
    }
  };

  const server = createServer((request, response) => {
    routed(request, response).catch(() => {
      if (!response.headersSent) json(response, 400, {});
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  // It stands beside a twin, and keeps no process alive by itself.
  server.unref();
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}${desk}`,
    pagerDutyUrl: `${origin}/v2/enqueue`,
    routingKey,
    slackWebhookUrl: `${origin}${hook}`,
    pages: (since = 0) => pages.slice(since),
    alerts: pagerDuty.alerts,
    misbehave: misbehaviours.add,
    behave: misbehaviours.clear,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
