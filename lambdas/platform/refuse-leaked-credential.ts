import type { APIGatewayProxyEvent } from 'aws-lambda';
import { fail } from '../kernel/errors.ts';
import { reportSecurityEvent } from './log.ts';
import { credentialInUrl } from './parse-request.ts';
import type { Served } from './route-table.ts';

/** A credential in a URL has leaked into logs on its way. @throws Failure `credential-in-url` */
export const refuseLeakedCredential = (event: APIGatewayProxyEvent, { operation }: Served): void => {
  const where = credentialInUrl(event);
  if (!where) return;
  reportSecurityEvent({ event: 'credential-in-url', operation });
  fail('credential-in-url', [where]);
};
