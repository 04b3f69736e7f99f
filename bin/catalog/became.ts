import type { AnyDraft, Origin } from './descriptors/drafts.ts';
import { referenceText } from './descriptors/reference.ts';
import type { Became, Outcome } from './import-result.ts';
import type { DraftSet } from './plan/draft-set.ts';
import type { AnyPlanned, Plan } from './plan/planned.ts';

/** How it ended, by key; undefined in a dry run. */
export type Outcomes = ReadonlyMap<string, 'created' | 'replaced' | 'unchanged' | 'refused'> | undefined;

const names = { team: 'Team', service: 'Service', repository: 'Repository' };

const outcomeOf = ({ key, stored, changed }: AnyPlanned, outcomes: Outcomes): Outcome => {
  const outcome = outcomes?.get(key);
  if (outcome) return outcome === 'replaced' ? 'changed' : outcome;
  if (changed.length === 0) return 'unchanged';
  return stored ? 'changed' : 'created';
};

const ofOrigin = ({ kind, file, line, reference }: Origin) => ({
  kind,
  file,
  line,
  document: referenceText(reference),
});

const ofPlanned = (planned: AnyPlanned, outcomes: Outcomes): Became => {
  const outcome = outcomeOf(planned, outcomes);
  return {
    ...ofOrigin(planned.origin),
    ...(planned.isImplied && { kind: names[planned.kind], document: planned.key.replace(/^\+\w+:/, '') }),
    outcome,
    ...(outcome === 'changed' && { changed: planned.changed }),
  };
};

/** What became of each document that could be understood, and of what has none. */
export const becameOf = (drafts: DraftSet, plan: Plan, outcomes: Outcomes) => {
  const planned: readonly AnyPlanned[] = [...plan.teams.flat(), ...plan.repositories, ...plan.services];
  const folded: readonly AnyDraft[] = [...drafts.users, ...drafts.systems, ...drafts.others];
  return {
    became: [
      ...planned.filter(({ isImplied }) => !isImplied).map((each) => ofPlanned(each, outcomes)),
      ...plan.refused.map((origin): Became => ({ ...ofOrigin(origin), outcome: 'refused' })),
      ...folded.map(({ origin }): Became => ({ ...ofOrigin(origin), outcome: 'read' })),
    ],
    implied: planned.filter(({ isImplied }) => isImplied).map((each) => ofPlanned(each, outcomes)),
  };
};
