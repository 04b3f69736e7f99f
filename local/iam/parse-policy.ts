import type { PolicyDocument, Statement } from '../types.ts';
import { objectAt, oneOrManyAt, onlyKeys, shown, stringAt } from './parse-json.ts';
import { parseStatement } from './parse-statement.ts';
import { PolicyError } from './policy-error.ts';

/** What a policy is attached to. A trust policy is a role's resource policy and names no resource. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

/**
 * A policy document, checked as IAM checks it when it is saved, so that a statement the twin would misread stops the start.
 * With `kind`, also that principals and resources stand where they must and only there.
 * Throws PolicyError with the location (`name.Statement[0].Action`), what was found and what was expected.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(value: unknown, name: string, kind?: PolicyKind): PolicyDocument {
  const document = objectAt(value, name);
  onlyKeys(document, ['Version', 'Id', 'Statement'], name);
  const { Version, Id } = document;
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17') {
    throw new PolicyError(`${name}.Version`, `expected "2012-10-17" or "2008-10-17", found ${shown(Version)}`);
  }
  const parse = (each: unknown, at: string): Statement => {
    const statement = parseStatement(each, at);
    if (kind) checkPlace(statement, kind, at);
    return statement;
  };
  const statements = oneOrManyAt(document.Statement, `${name}.Statement`, parse);
  checkSids(statements, name);
  return {
    ...(Version === undefined ? {} : { Version }),
    ...(Id === undefined ? {} : { Id: stringAt(Id, `${name}.Id`) }),
    Statement: statements,
  };
}

function checkPlace(statement: Statement, kind: PolicyKind, location: string): void {
  const hasPrincipal = statement.Principal !== undefined || statement.NotPrincipal !== undefined;
  const hasResource = statement.Resource !== undefined || statement.NotResource !== undefined;
  if (hasPrincipal !== (kind !== 'identity')) {
    throw new PolicyError(
      location,
      `a statement of this ${kind} policy must ${hasPrincipal ? 'not ' : ''}name a principal`,
    );
  }
  if (hasResource !== (kind !== 'trust')) {
    throw new PolicyError(
      location,
      `a statement of this ${kind} policy must ${hasResource ? 'not ' : ''}name a resource`,
    );
  }
}

function checkSids(statements: Statement | readonly Statement[], name: string): void {
  const sids = 'Effect' in statements ? [] : statements.flatMap(({ Sid }) => (Sid ? [Sid] : []));
  const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (twice !== undefined) throw new PolicyError(`${name}.Statement`, `Sid ${twice} is given to two statements`);
}
