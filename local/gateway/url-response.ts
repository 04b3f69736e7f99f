import { isObject, type Json } from '../template/json.ts';
import type { HttpAnswer } from './http-server.ts';

/**
 * A function URL's answer from what the handler returned, payload format 2.0: without a `statusCode` the whole value is
 * the body of a 200. https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export const parseUrlResponse = (payload: string): HttpAnswer => {
  const answer: Json = JSON.parse(payload);
  if (!isObject(answer) || answer.statusCode === undefined) {
    return { status: 200, headers: [['Content-Type', 'application/json']], body: Buffer.from(payload) };
  }
  const headers = Object.entries(isObject(answer.headers) ? answer.headers : {}).map(
    ([name, value]) => [name, String(value)] as const,
  );
  const cookies = Array.isArray(answer.cookies)
    ? answer.cookies.map((cookie) => ['Set-Cookie', String(cookie)] as const)
    : [];
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  const body =
    typeof answer.body === 'string' ? answer.body : answer.body === undefined ? '' : JSON.stringify(answer.body);
  return {
    status: Number(answer.statusCode),
    headers: [...(hasType ? [] : [['Content-Type', 'application/json'] as const]), ...headers, ...cookies],
    body: Buffer.from(body, answer.isBase64Encoded === true ? 'base64' : 'utf8'),
  };
};
