import fc from 'fast-check';
import type { Operation } from '../../../lambdas/contract.ts';
import { type Creation, creations } from '../../harness/creations.ts';
import { disagreementOf, type FuzzAnswer, flawOf } from './judge-answer.ts';
import { OwnThing, type Thing } from './own-thing.ts';
import { type FuzzRequest, own, requestOf } from './requests.ts';
import type { ServedDocument } from './served-document.ts';
import type { Pool } from './valid-values.ts';

export type Send = (route: Operation, request: FuzzRequest) => Promise<FuzzAnswer>;

export interface Fuzz {
  readonly api: ServedDocument;
  /** Ids and cursors that exist; requests refer to them. */
  readonly pool: Pool;
  readonly numRuns: number;
  readonly seed: number;
  readonly send: Send;
}

/** The route that makes what a route of one item is about: POST on the path before its first parameter. */
const makerOf = ({ path, input }: Operation): Creation | undefined =>
  input.path && creations.find((route) => route.path === path.replace(/\/\{.*$/, ''));

/** Far from the bodies that others send: aliases and URLs are taken once. */
let made = 1000;

const make = async (send: Send, maker: Creation): Promise<Thing> => {
  const headers = [['Content-Type', 'application/json']] as const;
  made += 1;
  const answer = await send(maker, { path: {}, query: [], headers, body: JSON.stringify(maker.body(made)) });
  if (answer.status !== 201) throw new Error(`${maker.operation}: ${answer.status} ${answer.text}`);
  return { id: (JSON.parse(answer.text) as { id: string }).id, etag: answer.headers.etag ?? '' };
};

const filled = (request: FuzzRequest, { id, etag }: Thing): FuzzRequest => {
  const fill = (word: string, by: string): string => (word === own ? by : word);
  return {
    ...request,
    path: Object.fromEntries(Object.entries(request.path).map(([name, value]) => [name, fill(value, id)])),
    headers: request.headers.map(([name, value]) => [name, fill(value, etag)]),
  };
};

/** How often each thing was answered: `done`, or a code. */
export type Tally = Readonly<Record<string, number>>;

/**
 * Sends requests of a route, throws at the first answer that the document does not describe, shrunk to its least
 * request, and says what was answered how often.
 */
export const fuzzRoute = async (route: Operation, { api, pool, numRuns, seed, send }: Fuzz): Promise<Tally> => {
  const maker = makerOf(route);
  const thing = maker && new OwnThing(() => make(send, maker));
  const tally: Record<string, number> = { done: 0 };
  const ask = async (request: FuzzRequest): Promise<void> => {
    const known = (await thing?.get()) ?? { id: '', etag: '' };
    const asked = filled(request, known);
    const answer = await send(route, asked);
    if (Object.values(asked.path).includes(known.id)) thing?.note(route.method, answer.status, answer.headers.etag);
    const flaw = flawOf(api, route, answer) ?? disagreementOf(api, route, asked, answer);
    if (flaw) throw new Error(`${route.operation}: the answer ${flaw}\n${answer.status} ${answer.text.slice(0, 1000)}`);
    const outcome = answer.status < 400 ? 'done' : (JSON.parse(answer.text) as { code: string }).code;
    tally[outcome] = (tally[outcome] ?? 0) + 1;
  };
  await fc.assert(fc.asyncProperty(requestOf(api, route, pool), ask), { numRuns, seed });
  return tally;
};
