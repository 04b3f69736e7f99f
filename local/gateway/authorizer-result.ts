import { parsePolicy } from '../iam/parse-policy.ts';
import { isObject, type Json } from '../template/json.ts';
import type { PolicyDocument } from '../types.ts';

/** What a TOKEN authorizer answered: who it is, what may be called, and values for `$context.authorizer`. */
export interface AuthorizerResult {
  readonly principalId: string;
  readonly policy: PolicyDocument;
  readonly context: Readonly<Record<string, string>>;
}

/**
 * Reads an authorizer's answer; undefined when API Gateway would call it a configuration error. Context values may be
 * strings, numbers and booleans, and reach the integration as strings; objects and lists are refused.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 */
export const parseAuthorizerResult = (payload: string): AuthorizerResult | undefined => {
  const answer: Json = JSON.parse(payload);
  if (!isObject(answer) || typeof answer.principalId !== 'string') return undefined;
  const policy = policyOf(answer.policyDocument);
  const context = Object.entries(isObject(answer.context) ? answer.context : {});
  if (!policy || !context.every(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)))
    return undefined;
  return {
    principalId: answer.principalId,
    policy,
    context: Object.fromEntries(context.map(([name, value]) => [name, String(value)])),
  };
};

const policyOf = (document: Json | undefined): PolicyDocument | undefined => {
  try {
    return parsePolicy(document, 'policyDocument', 'identity');
  } catch {
    return undefined;
  }
};
