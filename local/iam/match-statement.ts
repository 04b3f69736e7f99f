import type { AccessRequest, Statement } from '../types.ts';
import { conditionsHold, type Scope } from './conditions.ts';
import { matchesAction, matchesPattern, textOf } from './match-pattern.ts';
import { matchPrincipal, type PrincipalMatch } from './match-principal.ts';
import { listOf } from './one-or-many.ts';
import { resolveVariables } from './resolve-variables.ts';
import { allOf, anyOf, negated, unknown, type Verdict, verdictOf, yes } from './verdict.ts';

/** Identity policies belong to the caller and name no principal; resource policies name theirs. */
export type Side = 'identity' | 'resource';

/** What a statement says of a request. */
export interface StatementMatch {
  readonly verdict: Verdict;
  /** It matched by naming the caller's account only. */
  readonly delegates: boolean;
  /** Principal and action fit: worth telling when nothing allowed the request. */
  readonly isNear: boolean;
}

/** Whether a statement is about the request: principal, action, resource and conditions, whatever its effect. */
export function matchStatement(
  statement: Statement,
  request: AccessRequest,
  scope: Scope & { side: Side },
): StatementMatch {
  const principal = principalMatch(statement, request, scope.side);
  const action = actionMatches(statement, request.action);
  const about = allOf([principal.verdict, action]);
  const { delegates } = principal;
  // Most statements of a caller are about other actions: nothing else of them is worth reading.
  if (about.holds === 'no') return { verdict: about, delegates, isNear: false };
  const rest = [resourceMatches(statement, request.resource, scope), conditionsHold(statement.Condition, scope)];
  return { verdict: allOf([about, ...rest]), delegates, isNear: true };
}

function principalMatch(statement: Statement, request: AccessRequest, side: Side): PrincipalMatch {
  if (side === 'resource') return matchPrincipal(statement, request.principal);
  const isIllFormed = statement.Principal !== undefined || statement.NotPrincipal !== undefined;
  const verdict = isIllFormed
    ? unknown('an identity policy cannot name a principal')
    : yes('it is attached to the caller');
  return { verdict, delegates: false };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html and …_notaction.html */
function actionMatches({ Action, NotAction }: Statement, action: string): Verdict {
  const isListed = listOf(Action ?? NotAction).some((pattern) => matchesAction(pattern, action));
  const isMeant = Action === undefined ? !isListed : isListed;
  return verdictOf(isMeant, isMeant ? 'it is about this action' : 'it is about other actions');
}

/**
 * A resource policy without Resource speaks of the resource it is attached to, as trust policies do.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html and …_notresource.html
 */
function resourceMatches(
  { Resource, NotResource }: Statement,
  resource: string,
  scope: Scope & { side: Side },
): Verdict {
  if (Resource === undefined && NotResource === undefined) {
    return scope.side === 'resource' ? yes('it is attached to the resource') : unknown('it names no resource');
  }
  const isListed = anyOf(listOf(Resource ?? NotResource).map((pattern) => isResource(pattern, resource, scope)));
  return Resource === undefined ? negated(isListed) : isListed;
}

function isResource(pattern: string, resource: string, { keys, variables }: Scope): Verdict {
  const resolved = resolveVariables(pattern, variables ? keys : undefined);
  if ('unresolved' in resolved) return unknown(`the variable ${resolved.unresolved} in its resource has no value`);
  const isMatch = matchesPattern(resolved.pieces, resource);
  return verdictOf(isMatch, `"${resource}" ${isMatch ? 'is' : 'is not'} "${textOf(resolved.pieces)}"`);
}
