import { contract, type Operation } from '../../lambdas/contract.ts';

const bodies: Readonly<Record<string, (n: number) => Readonly<Record<string, unknown>>>> = {
  createService: (n) => ({ name: `Service ${n}`, aliases: ['only-one'] }),
  createTeam: (n) => ({ name: `Team ${n}`, aliases: ['only-one'] }),
  issueToken: (n) => ({ name: `Token ${n}`, expiresInDays: 3 }),
};

export interface Creation extends Operation {
  /** A valid body; another `n` is another request. */
  readonly body: (n: number) => Readonly<Record<string, unknown>>;
}

/** Every POST of the contract, with bodies. A new one must bring its own here. */
export const creations: readonly Creation[] = contract
  .filter(({ method }) => method === 'POST')
  .map((operation) => {
    const body = bodies[operation.operation];
    if (!body) throw new Error(`${operation.operation} needs a body in test/harness/post-bodies.ts.`);
    return { ...operation, body };
  });
