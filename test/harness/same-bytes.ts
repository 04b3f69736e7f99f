import type { Reply } from './http.ts';

/** These differ between any two answers. */
const ofOneAnswer = ['date', 'x-amzn-requestid', 'x-amz-apigw-id', 'x-amzn-trace-id'];

/** Everything of an answer that a client could tell two cases apart by. */
export const bytesOf = ({ status, headers, text }: Reply) => ({
  status,
  text,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !ofOneAnswer.includes(name))),
});
