import { isDeepStrictEqual } from 'node:util';
import { contract } from '../../lambdas/contract.ts';
import { formatToken, secretOf } from '../../lambdas/model/token-format.ts';
import { openApiOf } from '../../lambdas/openapi.ts';
import { newId, randomBytes } from '../../lambdas/platform/random.ts';
import { broken, type Check, held, unless } from './check.ts';
import { headerFaults, problemFaults } from './problem.ts';
import { bearer, type Reply, send } from './send.ts';
import type { Target } from './target.ts';

const document = '/v1/openapi.json';
const gatewayBytesMax = 10 * 1024 * 1024;

const challenge = 'Bearer realm="ringfence"';
const challengeFaults = (what: string, { headers }: Reply): readonly string[] =>
  headers['www-authenticate'] === challenge ? [] : [`${what}: www-authenticate is not "${challenge}"`];

const refusalFaults = (what: string, reply: Reply): readonly string[] => {
  const faults = problemFaults(what, reply, 'unauthenticated');
  return faults.length > 0 ? faults : challengeFaults(what, reply);
};

/** Of the right form, with a right checksum, and of nobody. */
export const unknownToken = (): string => formatToken(newId('ten'), newId('tok'), secretOf(randomBytes(32)));

const refusedOnEveryRoute = async ({ deployment }: Target, headers: readonly (readonly [string, string])[]) => {
  const routes = contract.filter(({ permission }) => permission !== 'public');
  const faults: string[] = [];
  for (const { method, path } of routes) {
    const concrete = path.replace(/\{\w+\}/g, 'nothing');
    faults.push(...refusalFaults(`${method} ${path}`, await send(deployment.apiUrl, concrete, { method, headers })));
  }
  return unless(faults, `${routes.length} routes answered the same 401`);
};

/** What anybody sees of the API, without a credential. */
export const answerChecks: readonly Check[] = [
  {
    name: 'api-document',
    promise: 'The API is the contract of this checkout.',
    run: async ({ deployment }) => {
      const { status, text } = await send(deployment.apiUrl, document);
      if (status !== 200) return broken(`GET ${document} answered ${status}`);
      return isDeepStrictEqual(JSON.parse(text), JSON.parse(JSON.stringify(openApiOf(contract))))
        ? held(`${contract.length} routes, as in lambdas/contract.ts`)
        : broken(`GET ${document} is not what lambdas/contract.ts says: deploy this checkout, or verify from that one`);
    },
  },
  {
    name: 'unknown-route',
    promise: 'What is not in the contract is refused, in the form of our own errors.',
    run: async ({ deployment: { apiUrl } }) => {
      const asked = [
        ['GET', '/v1/nothing'],
        ['DELETE', document],
        ['GET', `${document}/`],
        ['GET', `${document}/nothing`],
      ] as const;
      const faults: string[] = [];
      for (const [method, path] of asked)
        faults.push(...problemFaults(`${method} ${path}`, await send(apiUrl, path, { method }), 'route-not-found'));
      return unless(faults, `${asked.length} paths and methods answered 404`);
    },
  },
  {
    name: 'no-credential',
    promise: 'Every route that is not public refuses who brings no credential.',
    run: (target) => refusedOnEveryRoute(target, []),
  },
  {
    name: 'malformed-credential',
    promise: 'Every route that is not public refuses what is no token.',
    run: (target) => refusedOnEveryRoute(target, [bearer('rfp_nothing')]),
  },
  {
    name: 'unknown-credential',
    promise: 'A token that nobody issued is refused with the bytes that no token gets.',
    run: async ({ deployment: { apiUrl } }) => {
      const headers = [bearer(unknownToken())];
      return unless(
        refusalFaults('GET /v1/me', await send(apiUrl, '/v1/me', { headers })),
        'an invented token with a right checksum answered the same 401',
      );
    },
  },
  {
    name: 'answer-headers',
    promise: 'Every answer asks for TLS, is not cached and is not guessed at, whoever gives it.',
    run: async ({ deployment: { apiUrl } }) =>
      unless(
        [
          ...headerFaults('a function’s answer', await send(apiUrl, document)),
          ...headerFaults('the gateway’s refusal', await send(apiUrl, '/v1/nothing')),
        ],
        'HSTS, nosniff and no-store on answers of functions and of the gateway',
      ),
  },
  {
    name: 'body-too-large',
    promise: 'What is too large is refused by the gateway, in the form of our own errors.',
    run: async ({ deployment: { apiUrl } }) => {
      const body = Buffer.alloc(gatewayBytesMax + 1, 0x20);
      const reply = await send(apiUrl, '/v1/services', { method: 'POST', body });
      return unless(problemFaults('a body over 10 MB', reply, 'payload-too-large'), 'a body over 10 MB answered 413');
    },
  },
];
