import type { Statement } from '../types.ts';
import { objectAt, oneOrManyAt, onlyKeys, shown, stringAt } from './parse-json.ts';
import { PolicyError } from './policy-error.ts';

const forms: Readonly<Record<string, RegExp>> = {
  // Everyone, an account, a role, a session, or the unique id that is left of a deleted role.
  AWS: /^(\*|\d{12}|arn:aws[a-z-]*:(iam|sts)::\d{12}:[^*?$]+|A[A-Z]{3}[A-Z0-9]{16,})$/,
  Service: /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/,
  Federated: /^[^*?$]+$/,
  CanonicalUser: /^[0-9a-f]{64}$/,
};

/**
 * A Principal or NotPrincipal element. Throws PolicyError for an unknown kind of principal and for a wildcard inside a name.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function parsePrincipal(value: unknown, location: string): NonNullable<Statement['Principal']> {
  if (value === '*') return '*';
  const named = objectAt(value, location);
  onlyKeys(named, Object.keys(forms), location);
  if (Object.keys(named).length === 0) throw new PolicyError(location, 'expected a principal, found none');
  const parsed = Object.entries(named).map(([kind, names]) => {
    const parse = (name: unknown, at: string) => nameOf(kind, stringAt(name, at), at);
    return [kind, oneOrManyAt(names, `${location}.${kind}`, parse)] as const;
  });
  return Object.fromEntries(parsed);
}

function nameOf(kind: string, name: string, location: string): string {
  if (forms[kind]?.test(name)) return name;
  throw new PolicyError(location, `${shown(name)} is no ${kind} principal; wildcards inside a name are not allowed`);
}
