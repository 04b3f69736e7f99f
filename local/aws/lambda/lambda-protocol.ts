import { AwsError } from '../aws-error.ts';
import type { Fields } from '../fields.ts';
import { jsonProtocol, type ParsedCall, type Protocol } from '../protocol.ts';
import type { SignedRequest } from '../signature.ts';

const codes = jsonProtocol('', '1.1', () => '');
const statuses: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  ExpiredTokenException: 403,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  UnrecognizedClientException: 403,
  UnknownOperationException: 404,
};

const invocations = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** REST with JSON.
 *  Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const lambdaProtocol: Protocol = {
  parse: parseRequest,
  error: (error) => ({
    status: statuses[error.code] ?? error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code },
    body: JSON.stringify({ Type: 'User', message: error.message, ...error.fields }),
  }),
  signatureError: codes.signatureError,
};

function parseRequest({ method, url, headers, body }: SignedRequest): ParsedCall {
  const [path = '', query] = url.split('?');
  const name = method === 'POST' ? invocations.exec(path)?.[1] : undefined;
  if (name === undefined)
    throw new AwsError('UnknownOperationException', `The local Lambda does not have ${method} ${path}.`);
  const given = (header: string, field: string): Fields =>
    headers[header] === undefined ? {} : { [field]: String(headers[header]) };
  const qualifier = new URLSearchParams(query).get('Qualifier');
  return {
    operation: 'Invoke',
    input: {
      FunctionName: decodeURIComponent(name),
      ...given('x-amz-invocation-type', 'InvocationType'),
      ...given('x-amz-log-type', 'LogType'),
      ...given('x-amz-client-context', 'ClientContext'),
      ...(qualifier === null ? {} : { Qualifier: qualifier }),
      Payload: Buffer.from(body).toString('utf8'),
    },
  };
}
