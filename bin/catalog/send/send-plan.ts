import type { Finding } from '../finding.ts';
import { type AnyPlanned, changedIn, type Plan } from '../plan/planned.ts';
import { isStandIn } from '../plan/stand-in.ts';
import { referencesOf } from '../plan/with-references.ts';
import type { CatalogApi } from './catalog-api.ts';
import { findingOn, type Sending, send } from './send-batches.ts';

/** What sending came to. */
export interface Sent {
  /** By the keys of what was sent. */
  readonly outcomes: ReadonlyMap<string, 'created' | 'replaced' | 'unchanged' | 'refused'>;
  readonly findings: readonly Finding[];
  /** Somebody else changed what was to be changed: the tenant has to be read, and planned for, again. */
  readonly isOvertaken: boolean;
}

const isWaiting = ({ made }: Sending, planned: AnyPlanned): boolean =>
  referencesOf(planned).some((reference) => isStandIn(reference) && !made.has(reference));

/** Services may need each other in circles: what is not there yet is added in a second call. */
const sendServices = async (sending: Sending, planned: readonly AnyPlanned[]): Promise<void> => {
  const waiting = planned.filter((each) => isWaiting(sending, each));
  await send(sending, planned);
  await send(
    sending,
    waiting.filter(({ key }) => sending.outcomes.get(key) !== 'refused'),
  );
};

/** References to what was refused stay out, and are told of. */
const tellOfMissing = (sending: Sending, planned: readonly AnyPlanned[]): void => {
  for (const each of planned)
    for (const reference of sending.outcomes.get(each.key) === 'refused' ? [] : referencesOf(each))
      if (isStandIn(reference) && !sending.made.has(reference))
        sending.findings.push(
          findingOn(each, {
            weight: 'left-out',
            reason: `refers to ${reference.slice(1)}, which was refused: import it again when that is in`,
          }),
        );
};

/** Sends what differs, in the order in which each finds what it refers to. */
export const sendPlan = async (api: CatalogApi, plan: Plan, told: (count: number) => void): Promise<Sent> => {
  const sending: Sending = { api, told, outcomes: new Map(), findings: [], made: new Map(), isOvertaken: false };
  const differing = <P extends AnyPlanned>(planned: readonly P[]) =>
    planned.filter(({ changed }) => changed.length > 0);
  for (const level of plan.teams) await send(sending, differing(level));
  await send(sending, differing(plan.repositories));
  await sendServices(sending, differing(plan.services));
  tellOfMissing(sending, changedIn(plan));
  const { outcomes, findings, isOvertaken } = sending;
  return { outcomes, findings, isOvertaken };
};
