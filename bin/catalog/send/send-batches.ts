import { ProblemError } from '../../../lambdas/client.ts';
import { referenceText } from '../descriptors/reference.ts';
import type { Finding } from '../finding.ts';
import type { AnyPlanned } from '../plan/planned.ts';
import { isStandIn } from '../plan/stand-in.ts';
import { withReferences } from '../plan/with-references.ts';
import { batchesOf, isSendable } from './batches.ts';
import type { Answer, CatalogApi } from './catalog-api.ts';

/** What is known while a plan is sent. */
export interface Sending {
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

/** A finding about the document of what is planned. */
export const findingOn = (
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
  sending.findings.push(findingOn(planned, { weight: 'refused', reason }));
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

/** Sends things of one kind, in order, in as few calls as they fit into. */
export const send = async (sending: Sending, planned: readonly AnyPlanned[]): Promise<void> => {
  const fitting = planned.filter((each) => isSendable(elementOf(sending, each)));
  for (const each of planned)
    if (!fitting.includes(each)) {
      sending.outcomes.set(each.key, 'refused');
      sending.findings.push(
        findingOn(each, { weight: 'refused', reason: 'has more than 60,000 bytes, which is more than the API takes' }),
      );
    }
  for (const batch of batchesOf(fitting, (each) => elementOf(sending, each))) await sendBatch(sending, batch);
};
