import type { Principal, Statement } from '../types.ts';
import { listOf } from './one-or-many.ts';
import { no, unknown, type Verdict, yes } from './verdict.ts';

/** How a Principal element meets a caller. An account only delegates: its own identity policies must allow as well. */
export interface PrincipalMatch {
  readonly verdict: Verdict;
  readonly delegates: boolean;
}

/**
 * Whether a statement of a resource policy is about the caller. Role ARN, session ARN and `*` name it directly; an account,
 * as ARN or bare id, delegates to it. Names compare exactly: no wildcard is part of one.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function matchPrincipal(statement: Statement, caller: Principal): PrincipalMatch {
  const { Principal: named, NotPrincipal: excepted } = statement;
  if (named !== undefined) return included(named, caller);
  if (excepted !== undefined) return { verdict: notExcepted(excepted, caller), delegates: true };
  return { verdict: unknown('it names no principal'), delegates: true };
}

type Named = NonNullable<Statement['Principal']>;

function included(named: Named, caller: Principal): PrincipalMatch {
  if (isAnyone(named)) return { verdict: anyone(caller), delegates: false };
  if (namesOf(caller).direct.some((name) => isNamed(named, caller, name))) {
    return { verdict: yes('it names the caller'), delegates: false };
  }
  const delegates = namesOf(caller).account.some((name) => isNamed(named, caller, name));
  return delegates
    ? { verdict: yes("it names the caller's account"), delegates }
    : { verdict: no('it names other principals'), delegates };
}

// Whether `*` takes in service principals is not documented.
const anyone = (caller: Principal): Verdict =>
  caller.kind === 'service' ? unknown('it names everyone, which may not mean a service') : yes('it names everyone');

/**
 * A session is excepted when its account, its role and itself are all listed; when only some are, AWS may deny it.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function notExcepted(excepted: Named, caller: Principal): Verdict {
  if (isAnyone(excepted)) return no('it excepts everyone');
  const { direct, account } = namesOf(caller);
  const listed = direct.filter((name) => isNamed(excepted, caller, name)).length;
  const accountListed = account.length === 0 || account.some((name) => isNamed(excepted, caller, name));
  if (listed === direct.length && accountListed) return no('it excepts the caller');
  if (listed === 0 && (account.length === 0 || !accountListed)) return yes('it does not except the caller');
  return unknown('it excepts the caller in part: account, role and session must all be listed');
}

function namesOf(caller: Principal): { readonly direct: readonly string[]; readonly account: readonly string[] } {
  if (caller.kind === 'service') return { direct: [caller.service], account: [] };
  const partition = caller.roleArn.split(':')[1] ?? 'aws';
  return {
    direct: [caller.arn, caller.roleArn],
    account: [caller.account, `arn:${partition}:iam::${caller.account}:root`],
  };
}

const isAnyone = (named: Named): boolean => named === '*' || listOf(named.AWS).includes('*');

const isNamed = (named: Named, caller: Principal, name: string): boolean =>
  named !== '*' && listOf(caller.kind === 'service' ? named.Service : named.AWS).includes(name);
