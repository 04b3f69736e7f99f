import { ProblemError } from '../../../lambdas/client.ts';
import { referenceText } from '../descriptors/reference.ts';
import type { Finding } from '../finding.ts';
import type { AnyPlanned, Plan } from '../plan/planned.ts';
import { isStandIn } from '../plan/stand-in.ts';
import { referencesOf, withReferences } from '../plan/with-references.ts';
import { batchesOf, isSendable } from './batches.ts';
import type { Answer, CatalogApi } from './catalog-api.ts';

/** What sending came to. */
export interface Sent {
  /** By the keys of what was sent. */
  readonly outcomes: ReadonlyMap<string, 'created' | 'replaced' | 'unchanged' | 'refused'>;
  readonly findings: readonly Finding[];
  /** Somebody else changed what was to be changed: the tenant has to be read, and planned for, again. */
  readonly isOvertaken: boolean;
}

interface Sending {
  readonly api: CatalogApi;
  readonly told: (count: number) => void;
  readonly outcomes: Map<string, 'created' | 'replaced' | 'unchanged' | 'refused'>;
  readonly findings: Finding[];
  /** Ids and versions of what this run created. */
  readonly made: Map<string, { readonly id: string; readonly version: number | undefined }>;
  isOvertaken: boolean;
}

/** These come of what others did in between: with what is there now, it may well go in. */
const passing = new Set([
  'version-mismatch',
  'unavailable',
  'alias-taken',
  'repository-exists',
  'owner-not-found',
  'dependency-not-found',
  'parent-not-found',
  'repository-unknown',
  'team-cycle',
]);

const finding = (
  { origin }: AnyPlanned,
  rest: Pick<Finding, 'weight' | 'reason'> & { readonly field?: string },
): Finding => ({
  file: origin.file,
  line: origin.line,
  document: referenceText(origin.reference),
  ...rest,
});

const elementOf = ({ made }: Sending, planned: AnyPlanned): object => {
  const version = made.get(planned.key)?.version ?? planned.stored?.version;
  const idOf = (reference: string) => (isStandIn(reference) ? made.get(reference)?.id : reference);
  return { ...withReferences(planned, idOf), ...(version !== undefined && { version }) };
};

const note = (sending: Sending, planned: AnyPlanned, answer: Answer): void => {
  const { outcome, id, version, problem } = answer;
  if (outcome !== 'refused') {
    // What is created and then given its dependencies was created. It is known by its id when it is read again.
    const told = sending.outcomes.get(planned.key) === 'created' ? 'created' : outcome;
    for (const key of [planned.key, ...(id === undefined ? [] : [id])]) sending.outcomes.set(key, told);
    if (id !== undefined) sending.made.set(planned.key, { id, version });
    return;
  }
  sending.outcomes.set(planned.key, 'refused');
  if (problem && passing.has(problem.code)) sending.isOvertaken = true;
  const fields = (problem?.errors ?? []).map(
    ({ field, expected }) => `${field.replace(/^body\.items\.\d+\./, '')}: expected ${expected}`,
  );
  const reason = [`was refused by the API (${problem?.code}): ${problem?.title}. ${problem?.detail}`, ...fields].join(
    ' ',
  );
  sending.findings.push(finding(planned, { weight: 'refused', reason }));
};

/** What takes the API longer than a call may last is sent in two halves. */
const sendBatch = async (sending: Sending, batch: readonly AnyPlanned[]): Promise<void> => {
  const [first] = batch;
  if (!first) return;
  try {
    const answers = await sending.api.upsert(
      first.kind,
      batch.map((planned) => elementOf(sending, planned)),
    );
    for (const [at, answer] of answers.entries()) {
      const planned = batch[at];
      if (planned) note(sending, planned, answer);
    }
    sending.told(batch.length);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'deadline-exceeded' || batch.length === 1) throw error;
    const half = Math.ceil(batch.length / 2);
    await sendBatch(sending, batch.slice(0, half));
    await sendBatch(sending, batch.slice(half));
  }
};

const send = async (sending: Sending, planned: readonly AnyPlanned[]): Promise<void> => {
  const fitting = planned.filter((each) => isSendable(elementOf(sending, each)));
  for (const each of planned)
    if (!fitting.includes(each)) {
      sending.outcomes.set(each.key, 'refused');
      sending.findings.push(
        finding(each, { weight: 'refused', reason: 'has more than 60,000 bytes, which is more than the API takes' }),
      );
    }
  for (const batch of batchesOf(fitting, (each) => elementOf(sending, each))) await sendBatch(sending, batch);
};

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
          finding(each, {
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
  tellOfMissing(
    sending,
    [...plan.teams.flat(), ...plan.repositories, ...plan.services].filter(({ changed }) => changed.length > 0),
  );
  const { outcomes, findings, isOvertaken } = sending;
  return { outcomes, findings, isOvertaken };
};
