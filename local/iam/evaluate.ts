import type { AccessRequest, Decision, PolicyDocument, Statement } from '../types.ts';
import { matchStatement, type Side, type StatementMatch } from './match-statement.ts';
import { contextKeysOf } from './principal-context.ts';
import { needsResourcePolicy } from './resource-policy-rule.ts';

/** What the evaluator must know of the resource beyond its ARN. */
export interface ResourceSide {
  /** Key policy, trust policy, function policy, topic policy, bucket policy …, parsed, under the name reasons call it by. */
  readonly policy?: { readonly name: string; readonly document: PolicyDocument };
  /** The account that owns the resource: by default the one in the ARN, and the caller's where the ARN has none (S3). */
  readonly owner?: string;
}

/** A statement as it meets one request. */
interface Reading extends StatementMatch {
  readonly effect: Statement['Effect'];
  readonly by: NonNullable<Decision['by']>;
}

/**
 * Decides one request as IAM does, and never allows what IAM would refuse:
 * - a Deny that applies anywhere wins, and nothing is allowed that no statement allows;
 * - in one account, the caller's policies or a resource policy naming the caller suffice; one naming only the account does not;
 * - across accounts both sides must allow;
 * - KMS keys and roles answer only to whom their own policy admits, directly or through the account;
 * - a service principal has no policies of its own.
 * What cannot be decided (unresolved variable, unknown operator, undocumented corner) keeps an Allow from applying and makes
 * a Deny apply. That is stricter than AWS, where an unresolved variable matches nothing in a Deny either; the reason says so.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function authorize(request: AccessRequest, resource: ResourceSide = {}): Decision {
  const readings = readAll(request, resource);
  const all = [...readings.identity, ...readings.resource];

  const deny = all.find((each) => each.effect === 'Deny' && each.verdict.holds !== 'no');
  if (deny) {
    const reason = `${subject(request)} is refused: ${told(deny.by)} denies it${doubt(deny)}.`;
    return { allowed: false, reason, by: deny.by };
  }

  const own = readings.identity.find(allows);
  const direct = readings.resource.find((each) => allows(each) && !each.delegates);
  const delegated = readings.resource.find((each) => allows(each) && each.delegates);

  if (isCrossAccount(request, resource)) {
    const theirs = direct ?? delegated;
    if (own && theirs) return allowed(request, theirs, `${told(own.by)} and ${told(theirs.by)}`);
    return refused(request, all, `another account's resource needs both sides, and ${lacking(own, theirs)}`);
  }
  if (direct) return allowed(request, direct, told(direct.by));
  if (!needsResourcePolicy(request)) return own ? allowed(request, own, told(own.by)) : refused(request, all);
  if (own && delegated) return allowed(request, own, `${told(own.by)}, to which ${told(delegated.by)} delegates`);
  return refused(request, all, `the resource's own policy must allow it, and ${lacking(own, delegated)}`);
}

function readAll(request: AccessRequest, { policy }: ResourceSide): Readonly<Record<Side, readonly Reading[]>> {
  const keys = contextKeysOf(request);
  const read = (name: string, document: PolicyDocument, side: Side): readonly Reading[] => {
    const statements: readonly Statement[] = 'Effect' in document.Statement ? [document.Statement] : document.Statement;
    const scope = { keys, variables: document.Version === '2012-10-17', side };
    return statements.map((statement, index) => ({
      ...matchStatement(statement, request, scope),
      effect: statement.Effect,
      by: { policy: name, statement: statement.Sid ?? `#${index}` },
    }));
  };
  const { principal } = request;
  const own = principal.kind === 'session' ? principal.policies : [];
  return {
    identity: own.flatMap((document, index) =>
      read(`identity policy ${document.Id ?? `#${index}`}`, document, 'identity'),
    ),
    resource: policy ? read(policy.name, policy.document, 'resource') : [],
  };
}

function isCrossAccount({ principal, resource }: AccessRequest, { owner }: ResourceSide): boolean {
  if (principal.kind === 'service') return false;
  return (owner ?? (resource.split(':')[4] || principal.account)) !== principal.account;
}

const allows = ({ effect, verdict }: Reading): boolean => effect === 'Allow' && verdict.holds === 'yes';

const allowed = (request: AccessRequest, { by }: Reading, how: string): Decision => ({
  allowed: true,
  reason: `${subject(request)} is allowed by ${how}.`,
  by,
});

function refused(request: AccessRequest, all: readonly Reading[], rule?: string): Decision {
  const near = all.filter((each) => each.effect === 'Allow' && each.isNear && !allows(each));
  const misses = near.map((each) => `${told(each.by)} does not apply because ${each.verdict.why}`);
  const why = [rule ?? 'no statement allows it', ...misses].join('; ');
  return { allowed: false, reason: `${subject(request)} is refused: ${why}.` };
}

const lacking = (own: Reading | undefined, theirs: Reading | undefined): string =>
  theirs ? "no policy of the caller's allows it" : own ? 'the resource policy does not' : 'neither side allows it';

const subject = ({ action, resource }: AccessRequest): string => `${action} on ${resource}`;

const told = ({ policy, statement }: Reading['by']): string => `statement ${statement} of ${policy}`;

const doubt = ({ verdict }: Reading): string =>
  verdict.holds === 'unknown' ? `, since it cannot be told whether it applies (${verdict.why})` : '';
