import { contract, errors, type Operation } from '../../lambdas/contract.ts';
import { idLengths } from '../../lambdas/functions.ts';
import { bodyLimits } from '../../lambdas/model/json-text.ts';
import { formatToken, parseToken, secretOf } from '../../lambdas/model/token-format.ts';
import { newId, randomBytes } from '../../lambdas/platform/random.ts';
import { unknownToken } from './answer-checks.ts';
import { broken, type Check, held, unless, untried } from './check.ts';
import { problemFaults } from './problem.ts';
import { bearer, type Reply, send } from './send.ts';
import type { Target } from './target.ts';

const get = ({ deployment }: Target, path: string, token = ''): Promise<Reply> =>
  send(deployment.apiUrl, path, { headers: [bearer(token)] });

const idsOfNothing = Object.keys(idLengths).map((kind) => newId(kind as 'ten'));

/** Reads by one id, with an id that the path takes and nothing has. */
const readsById = contract.flatMap((route) => {
  const [, name] = /\{(\w+)\}$/.exec(route.path) ?? [];
  const code = route.errors.find((each) => errors[each].status === 404);
  const id = idsOfNothing.find((each) => name && route.input.path?.safeParse({ [name]: each }).success);
  return route.method === 'GET' && code && id ? [{ route, code, id, list: route.path.replace(/\/\{\w+\}$/, '') }] : [];
});

const lists: readonly Operation[] = contract.filter(
  ({ method, errors }) => method === 'GET' && errors.includes('invalid-cursor'),
);

interface Page {
  readonly items?: readonly { readonly id?: string }[];
  readonly next?: string;
}

/** Of an answer in lines the last one is the page's end, with its `next`; any other answer is one line. */
const firstPage = async (target: Target, path: string, token: string | undefined): Promise<Page> => {
  const { status, text } = await get(target, `${path}?limit=1`, token);
  return status === 200 ? (JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as Page) : {};
};

const tenantIn = ({ status, text }: Reply): unknown => (status === 200 ? JSON.parse(text).tenant : undefined);

/** What holders of a token see. None of it changes anything. */
export const tenantChecks: readonly Check[] = [
  {
    name: 'own-tenant',
    promise: 'A token shows its own tenant, through every function on the way.',
    needs: 'token',
    run: async (target) => {
      const own = parseToken(target.token ?? '')?.tenant;
      const me = await get(target, '/v1/me', target.token);
      if (me.status !== 200) return broken(`GET /v1/me answered ${me.status}: is the token still good?`);
      const tenant = await get(target, '/v1/tenant', target.token);
      const shown = tenant.status === 200 ? JSON.parse(tenant.text).id : undefined;
      return tenantIn(me) === own && (shown === own || tenant.status === 403)
        ? held(`/v1/me and /v1/tenant say ${own}`)
        : broken(`the token is of ${own}; /v1/me says ${tenantIn(me)}, /v1/tenant says ${shown}`);
    },
  },
  {
    name: 'wrong-secret',
    promise: 'A known token with another secret is refused with the bytes that an unknown one gets.',
    needs: 'token',
    run: async (target) => {
      const parts = parseToken(target.token ?? '');
      if (!parts) return broken('RINGFENCE_TOKEN holds no token');
      const forged = formatToken(parts.tenant, parts.credential, secretOf(randomBytes(32)));
      const reply = await get(target, '/v1/me', forged);
      return unless(problemFaults('a wrong secret', reply, 'unauthenticated'), 'answered the same 401');
    },
  },
  {
    name: 'two-credentials',
    promise: 'A request with two credentials is not served.',
    needs: 'token',
    run: async (target) => {
      const both = [bearer(target.token ?? ''), bearer(unknownToken())];
      const faults: string[] = [];
      for (const headers of [both, [...both].reverse()]) {
        const { status } = await send(target.deployment.apiUrl, '/v1/me', { headers });
        if (![400, 401, 403].includes(status)) faults.push(`two Authorization headers answered ${status}`);
      }
      return unless(faults, 'refused in either order');
    },
  },
  {
    name: 'missing-ids',
    promise: 'What does not exist answers the same bytes under every id.',
    needs: 'token',
    run: async (target) => {
      const faults: string[] = [];
      for (const { route, code, id } of readsById) {
        const reply = await get(target, route.path.replace(/\{\w+\}$/, id), target.token);
        faults.push(...problemFaults(`GET ${route.path} of nothing`, reply, code));
      }
      return unless(faults, `${readsById.length} routes answered their 404`);
    },
  },
  {
    name: 'foreign-ids',
    promise: 'Another tenant’s things answer as what does not exist.',
    needs: 'tokens',
    run: async (target) => {
      const faults: string[] = [];
      let tried = 0;
      for (const { route, code, list } of readsById) {
        const id = (await firstPage(target, list, target.otherToken)).items?.[0]?.id;
        if (!id) continue;
        tried += 1;
        const reply = await get(target, route.path.replace(/\{\w+\}$/, id), target.token);
        faults.push(...problemFaults(`GET ${route.path} of another tenant`, reply, code));
      }
      if (tried === 0) return untried('the tenant of RINGFENCE_OTHER_TOKEN has nothing that could be asked for');
      return unless(faults, `${tried} ids of the other tenant answered as missing`);
    },
  },
  {
    name: 'foreign-cursors',
    promise: 'A cursor continues only its own tenant’s list.',
    needs: 'tokens',
    run: async (target) => {
      const faults: string[] = [];
      let tried = 0;
      for (const { path } of lists) {
        const { next } = await firstPage(target, path, target.otherToken);
        if (!next) continue;
        tried += 1;
        const { text } = await get(target, `${path}?limit=1&cursor=${encodeURIComponent(next)}`, target.token);
        // A token that may not read this list is refused sooner, and proves nothing here.
        const code = /"code":"([a-z-]+)"/.exec(text)?.[1];
        if (code === 'permission-denied') tried -= 1;
        else if (code !== 'invalid-cursor') faults.push(`GET ${path} took another tenant’s cursor`);
      }
      if (tried === 0) return untried('no list that both tokens may read has a second page in the other tenant');
      return unless(faults, `${tried} lists refused the other tenant’s cursor`);
    },
  },
  {
    name: 'body-limit',
    promise: 'A function refuses a body over 64 KB before it parses it.',
    needs: 'token',
    run: async ({ deployment, token = '' }) => {
      const headers = [bearer(token), ['Content-Type', 'application/json']] as const;
      const body = 'x'.repeat(bodyLimits.bytes + 1);
      const reply = await send(deployment.apiUrl, '/v1/services', { method: 'POST', headers, body });
      if (reply.status === 403) return untried('the token may not write services');
      const field = { field: 'body', expected: `at most ${bodyLimits.bytes} bytes` };
      return unless(
        problemFaults('a body over 64 KB', reply, 'payload-too-large', [field]),
        `${body.length} bytes answered 413`,
      );
    },
  },
];
