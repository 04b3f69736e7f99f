import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { Attack } from '../attack.ts';

export const pastTheAuthorizer: Attack = {
  name: 'past-the-authorizer',
  story: 'Somebody with the right to invoke functions calls the catalog directly, with a tenant of their own choice.',
  detection: 'assertion-refused',
  needs: 'twin',
  play: async ({ inside, stage, tenant }) => {
    const event = {
      httpMethod: 'GET',
      resource: '/v1/services',
      path: '/v1/services',
      headers: {},
      requestContext: { authorizer: { tenant: tenant.id, assertion: 'eyJhbGciOiJub25lIn0.e30.' } },
    };
    const lambda = await inside.lambda();
    const { Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: `ringfence-${stage}-catalog`, Payload: JSON.stringify(event) }),
    );
    const { statusCode } = JSON.parse(Buffer.from(Payload ?? '{}').toString()) as { statusCode?: number };
    return `the function answered ${statusCode}`;
  },
};
