import { isList, isObject, type Json } from '../template/json.ts';
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
  if (!isObject(answer) || typeof answer.principalId !== 'string' || !isObject(answer.policyDocument)) return undefined;
  const { Statement } = answer.policyDocument;
  const statements = isList(Statement) ? Statement : [Statement];
  if (!statements.every((statement) => isObject(statement) && 'Effect' in statement)) return undefined;
  const context = Object.entries(isObject(answer.context) ? answer.context : {});
  if (!context.every(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))) return undefined;
  return {
    principalId: answer.principalId,
    policy: answer.policyDocument as unknown as PolicyDocument,
    context: Object.fromEntries(context.map(([name, value]) => [name, String(value)])),
  };
};
