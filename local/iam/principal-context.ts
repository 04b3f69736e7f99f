import { createHash } from 'node:crypto';
import type { AccessRequest, Principal, RequestContext } from '../types.ts';
import { type ContextKeys, contextKeys, keyName } from './context-keys.ts';

/**
 * The condition keys that describe who calls. `aws:PrincipalArn` of a session is the ARN of its role, not of the session.
 * A service principal has neither an ARN nor tags.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function contextOf(principal: Principal): RequestContext {
  if (principal.kind === 'service') {
    return {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': principal.service,
      'aws:PrincipalServiceNamesList': [principal.service],
    };
  }
  const tags = Object.entries(principal.tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value] as const);
  return {
    ...Object.fromEntries(tags),
    'aws:PrincipalAccount': principal.account,
    'aws:PrincipalArn': principal.roleArn,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalType': 'AssumedRole',
    'aws:userid': `${roleIdOf(principal.roleArn)}:${principal.sessionName}`,
  };
}

/**
 * The unique id of a role, as `AROA…`. AWS draws it at random; the twin derives it from the ARN, so that it stays the same.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function roleIdOf(roleArn: string): string {
  return `AROA${createHash('sha256').update(roleArn).digest('hex').slice(0, 17).toUpperCase()}`;
}

/** All keys of a request. What a request says about its own principal is dropped: only the session decides who calls. */
export function contextKeysOf(request: AccessRequest): ContextKeys {
  const asked = Object.entries(request.context).filter(([name]) => !isPrincipalKey(name));
  return contextKeys({ ...Object.fromEntries(asked), ...contextOf(request.principal) });
}

const isPrincipalKey = (name: string): boolean =>
  keyName(name).startsWith('aws:principal') || ['aws:userid', 'aws:username'].includes(keyName(name));
