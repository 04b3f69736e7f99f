import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { authorize } from '../../../local/iam/evaluate.ts';
import { parsePolicy } from '../../../local/iam/parse-policy.ts';
import type { AccessRequest, Decision, Principal } from '../../../local/types.ts';

/** One documented rule of AWS, with a request that shows it. The same form in every file of `cases/`. */
export interface Case {
  readonly name: string;
  /** The rule in our words. */
  readonly rule: string;
  /** The page of AWS's documentation that states it. */
  readonly source: string;
  /** A session `call-1` of the role `Reader`, unless `service` names a service principal. */
  readonly principal: {
    readonly service?: string;
    readonly tags?: Readonly<Record<string, string>>;
    /** The statements of its one identity policy. */
    readonly statements?: readonly unknown[];
    /** The identity policy's version, 2012-10-17 by default; an empty string leaves it out. */
    readonly version?: string;
  };
  readonly request: Pick<AccessRequest, 'action' | 'resource'> & { readonly context?: AccessRequest['context'] };
  /** The statements of the resource's policy. */
  readonly resourcePolicy?: readonly unknown[];
  /** The account that owns the resource, where its ARN does not say. */
  readonly owner?: string;
  readonly allowed: boolean;
  /** A part of the decision's reason. */
  readonly reason?: string;
}

const folder = join(import.meta.dirname, 'cases');

/** Every file of cases with its cases. */
export const caseFiles = readdirSync(folder).map((file) => ({
  file,
  cases: JSON.parse(readFileSync(join(folder, file), 'utf8')) as readonly Case[],
}));

/** What the evaluator decides for a case. */
export function decide({ principal, request, resourcePolicy, owner }: Case): Decision {
  const kind = request.action.startsWith('sts:') || request.action.startsWith('iam:') ? 'trust' : 'resource';
  const document = resourcePolicy && parsePolicy(policyOf(resourcePolicy), 'resource policy', kind);
  return authorize(
    { ...request, principal: principalOf(principal), context: request.context ?? {} },
    { ...(document && { policy: { name: 'resource policy', document } }), ...(owner && { owner }) },
  );
}

const account = '111122223333';

function principalOf({ service, tags = {}, statements = [], version }: Case['principal']): Principal {
  if (service) return { kind: 'service', service, account };
  return {
    kind: 'session',
    arn: `arn:aws:sts::${account}:assumed-role/Reader/call-1`,
    account,
    roleName: 'Reader',
    roleArn: `arn:aws:iam::${account}:role/Reader`,
    sessionName: 'call-1',
    tags,
    policies: statements.length > 0 ? [parsePolicy(policyOf(statements, version), 'identity policy', 'identity')] : [],
  };
}

const policyOf = (statements: readonly unknown[], version = '2012-10-17'): unknown => ({
  ...(version && { Version: version }),
  Statement: statements,
});
