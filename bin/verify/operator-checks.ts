import { callOperators } from '../call-operators.ts';
import { type Check, unless } from './check.ts';
import { send } from './send.ts';

/** The operators' function. */
export const operatorChecks: readonly Check[] = [
  {
    name: 'operators-signed-only',
    promise: 'The operators’ function answers nobody whose identity AWS has not verified.',
    run: async ({ deployment: { url } }) => {
      const body = JSON.stringify({ command: 'list' });
      const headers = [['Content-Type', 'application/json']] as const;
      const unsigned = await send(url, '/', { method: 'POST', headers, body });
      const forged = await send(url, '/', {
        method: 'POST',
        headers: [
          ...headers,
          [
            'Authorization',
            'AWS4-HMAC-SHA256 Credential=x/20200101/x/lambda/aws4_request, SignedHeaders=host, Signature=0',
          ],
          ['X-Amz-Date', '20200101T000000Z'],
        ],
        body,
      });
      return unless(
        [
          ...(unsigned.status === 403 ? [] : [`an unsigned call answered ${unsigned.status}, expected 403`]),
          ...(forged.status === 403 ? [] : [`a forged signature answered ${forged.status}, expected 403`]),
        ],
        'an unsigned call and a forged signature answered 403',
      );
    },
  },
  {
    name: 'operators-answer',
    promise: 'The operators’ function answers an operator.',
    run: async ({ deployment }) => {
      const { items } = await callOperators<{ items?: readonly unknown[] }>(deployment, { command: 'list' });
      return unless(items ? [] : ['"list" answered no items'], 'a signed "list" was answered');
    },
  },
];
