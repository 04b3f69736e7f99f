import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type HttpAnswer, type HttpServer, startHttpServer } from './gateway/http-server.ts';
import type { RawRequest } from './gateway/raw-request.ts';
import { isObject, type JsonObject } from './template/json.ts';
import type { Twin } from './twin.ts';
import { TwinError } from './twin-error.ts';
import type { Fault } from './types.ts';

type Command = (twin: Twin, input: JsonObject, query: URLSearchParams) => unknown;

/** What tests may do with a twin that runs as a process of its own. */
const commands: Readonly<Record<string, Command>> = {
  'GET /info': ({ apiUrl, endpointUrl, region, account, outputs, inert, functions, administrator, apis }) => ({
    ...{ apiUrl, endpointUrl, region, account, outputs, inert, functions, administrator },
    apis: apis.map(({ origin, stage, url }) => ({ origin, stage, url })),
  }),
  'GET /clock': ({ clock }) => ({ now: clock.now() }),
  'POST /clock': ({ clock }, { advanceMs }) => {
    clock.advance(number('advanceMs', advanceMs));
    return { now: clock.now() };
  },
  'POST /faults': ({ faults }, fault) => faults.add(faultOf(fault)),
  'DELETE /faults': ({ faults }) => faults.clear(),
  'GET /calls': ({ callJournal }, _, query) => callJournal.since(Number(query.get('since') ?? 0)),
  'GET /logs': ({ logs }, _, query) => logs.since(Number(query.get('since') ?? 0)),
  'GET /emails': ({ messaging }) => messaging.emails,
  'POST /credentials': (twin, { role, tags, sessionName }) =>
    twin.credentialsFor(text('role', role), {
      ...(isObject(tags)
        ? { tags: Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)])) }
        : {}),
      ...(typeof sessionName === 'string' ? { sessionName } : {}),
    }),
  'POST /invoke': (twin, input) => twin.invoke(text('function', input.function), input.event),
  'GET /variables': (twin, _, query) => twin.variablesOf(query.get('function') ?? ''),
  'POST /trail': (twin, { record }) => ({ record: twin.record(isObject(record) ? record : {}) ?? null }),
  'POST /code': (twin, input) => twin.replaceCode(text('function', input.function), text('directory', input.directory)),
  'DELETE /code': (twin, input) => twin.replaceCode(text('function', input.function)),
  'GET /alarms': ({ watch }) => watch.alarms(),
  'GET /metrics': ({ watch }, _, query) => watch.measurements(query.get('namespace') ?? undefined),
  'POST /evaluate': ({ watch, messaging }) => {
    messaging.tick();
    watch.evaluate();
    return watch.alarms();
  },
  'POST /throttle': (twin, { on }) => twin.throttle(on === true),
  'POST /authorizations/forget': (twin) => twin.forgetAuthorizations(),
  'POST /ttl-sweep': async ({ endpoint }) => ({ deleted: await endpoint.sweepExpired() }),
};

/**
 * Serves the commands as JSON over HTTP on the loopback interface. A wrong command answers 400 with what is wrong. It can
 * give out credentials: its address holds a random segment, so that neither a page in a browser nor another user of this
 * machine can call it.
 */
export const startControl = async (twin: Twin, port: number): Promise<HttpServer> => {
  const secret = randomBytes(24).toString('base64url');
  const server = await startHttpServer({
    port,
    bodyBytesMax: 10 * 1024 * 1024,
    answer: async (request) => {
      const [, given = '', ...rest] = request.path.split('/');
      if (!isSame(given, secret)) return json(403, { error: 'This is not the address of the control server.' });
      return answer(twin, { ...request, path: `/${rest.join('/')}` });
    },
  });
  return { ...server, url: `${server.url}/${secret}` };
};

const isSame = (given: string, secret: string): boolean => {
  const [a, b] = [given, secret].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
};

const answer = async (twin: Twin, request: RawRequest): Promise<HttpAnswer> => {
  const command = commands[`${request.method} ${request.path}`];
  if (!command) return json(404, { error: `There is ${Object.keys(commands).join(', ')}.` });
  try {
    const input: unknown = request.body.length > 0 ? JSON.parse(request.body.toString('utf8')) : {};
    const result = await command(twin, isObject(input) ? input : {}, new URLSearchParams(request.query));
    return json(200, result ?? {});
  } catch (error) {
    return json(error instanceof TwinError || error instanceof SyntaxError ? 400 : 500, { error: String(error) });
  }
};

const json = (status: number, value: unknown): HttpAnswer => ({
  status,
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from(JSON.stringify(value)),
});

const kinds: readonly string[] = [
  'throttle',
  'lose-response',
  'fail',
  'delay',
  'conflict',
  'deliver-twice',
  'deliver-after-next',
] satisfies Fault['kind'][];

const faultOf = ({ service, operation, kind, times, ms, spares }: JsonObject): Fault => {
  if (!kinds.includes(String(kind)))
    throw new TwinError(`kind is ${JSON.stringify(kind)}.`, `Give one of ${kinds.join(', ')}.`);
  return {
    service: text('service', service),
    kind: kind as Fault['kind'],
    times: times === undefined ? 1 : number('times', times),
    ...(typeof operation === 'string' ? { operation } : {}),
    ...(typeof ms === 'number' ? { ms } : {}),
    ...(Array.isArray(spares) ? { spares: spares.map(String) } : {}),
  };
};

const text = (name: string, value: unknown): string => {
  if (typeof value === 'string') return value;
  throw new TwinError(`${name} is ${JSON.stringify(value)}.`, 'Give a string.');
};

const number = (name: string, value: unknown): number => {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TwinError(`${name} is ${JSON.stringify(value)}.`, 'Give a number.');
};
