import { isObject, type Json } from '../template/json.ts';
import type { HttpAnswer } from './http-server.ts';

const members = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded', 'cookies']);

/**
 * What a Lambda proxy integration answered, as an HTTP answer; undefined when API Gateway would call it malformed:
 * not an object, an unknown member, a status that is no number, a body that is no string.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export const parseProxyResponse = (payload: string): HttpAnswer | undefined => {
  const answer: Json = JSON.parse(payload);
  if (!isObject(answer) || Object.keys(answer).some((name) => !members.has(name) || name === 'cookies'))
    return undefined;
  const status = Number(answer.statusCode ?? 200);
  const { body = null } = answer;
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (body !== null && typeof body !== 'string') return undefined;
  const headers = headersOf(answer.headers, answer.multiValueHeaders);
  if (!headers) return undefined;
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    status,
    headers: hasType ? headers : [['Content-Type', 'application/json'], ...headers],
    body: Buffer.from(body ?? '', answer.isBase64Encoded === true ? 'base64' : 'utf8'),
  };
};

/** A header in both maps takes the values of the multi-value map. */
const headersOf = (single: Json | undefined, multi: Json | undefined): (readonly [string, string])[] | undefined => {
  if (![single ?? {}, multi ?? {}].every(isObject)) return undefined;
  const many = Object.entries(isObject(multi) ? multi : {});
  const taken = new Set(many.map(([name]) => name.toLowerCase()));
  const one = Object.entries(isObject(single) ? single : {}).filter(([name]) => !taken.has(name.toLowerCase()));
  const pairs = [...one, ...many.flatMap(([name, values]) => [values].flat().map((value) => [name, value] as const))];
  if (pairs.some(([, value]) => !['string', 'boolean', 'number'].includes(typeof value))) return undefined;
  return pairs.map(([name, value]) => [
    remapped.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name,
    String(value),
  ]);
};

/** API Gateway keeps these for itself and renames a function's own.
 *  https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
const remapped = new Set(['connection', 'content-length', 'date', 'server', 'www-authenticate']);
