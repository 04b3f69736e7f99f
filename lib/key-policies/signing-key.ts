import { type FunctionSpec, functions } from '../../lambdas/functions.ts';
import { functionName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { allow, type Statement } from '../statement.ts';
import { administered, usedBy } from './administration.ts';

/** Signs assertions. */
export const signs = ({ entrance }: FunctionSpec): boolean => entrance.by === 'authorizer';
/** Verifies them: every function with a route that is not public. */
export const verifies = ({ entrance }: FunctionSpec): boolean =>
  entrance.by === 'routes' && entrance.routes.some(({ permission }) => permission !== 'public');

export const signingCondition = { StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' } };

/** The key of the identity chain: nobody but the authorizer can say who a caller is. */
export const signingKeyPolicy = (stage: Stage): readonly Statement[] => {
  const roles = (isIts: (spec: FunctionSpec) => boolean) =>
    functions.filter(isIts).map((spec) => functionName(stage, spec));
  return [
    administered(stage),
    ...usedBy(stage, roles(signs), allow('Sign', ['kms:Sign'], ['*'], signingCondition)),
    ...usedBy(stage, roles(verifies), allow('Verify', ['kms:GetPublicKey'], ['*'])),
  ];
};
