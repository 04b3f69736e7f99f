import type * as z from 'zod';
import type { FieldError } from '../../../lambdas/kernel/errors.ts';
import { fieldErrorsOf } from '../../../lambdas/model/field-errors.ts';
import { RepositoryInput } from '../../../lambdas/model/repository.ts';
import { ServiceInput } from '../../../lambdas/model/service.ts';
import { TeamInput } from '../../../lambdas/model/team.ts';
import type { Kind } from '../entries.ts';
import type { AnyPlanned } from './planned.ts';
import { isStandIn } from './stand-in.ts';
import { withReferences } from './with-references.ts';

const inputs: Readonly<Record<Kind, z.ZodType>> = {
  team: TeamInput,
  repository: RepositoryInput,
  service: ServiceInput,
};

/** Ids of the right shape in the place of stand-ins, a different one for each. */
const sampleIds = (): ((reference: string) => string) => {
  const given = new Map<string, string>();
  const prefixes = { team: 'team', service: 'svc', repository: 'repo' };
  return (reference) => {
    const kind = reference.slice(1, reference.indexOf(':')) as Kind;
    if (!given.has(reference)) given.set(reference, `${prefixes[kind]}_${String(given.size).padStart(16, '0')}`);
    return given.get(reference) ?? '';
  };
};

/** What the API would refuse of it. */
export const entryProblems = (planned: AnyPlanned): readonly FieldError[] => {
  const sample = sampleIds();
  const entry = withReferences(planned, (reference) => (isStandIn(reference) ? sample(reference) : reference));
  const parsed = inputs[planned.kind].safeParse(entry);
  return parsed.success ? [] : fieldErrorsOf('', parsed.error);
};
