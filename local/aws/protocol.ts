import type { ServiceAnswer } from '../types.ts';
import { AwsError } from './aws-error.ts';
import { type Fields, isFields } from './fields.ts';
import type { SignatureFault, SignedRequest } from './signature.ts';

export interface ParsedCall {
  readonly operation: string;
  readonly input: Fields;
}

/** How a service reads calls and writes errors. */
export interface Protocol {
  parse(request: SignedRequest): ParsedCall;
  error(error: AwsError, requestId: string): ServiceAnswer;
  /** The error code for a signature that was refused. */
  signatureError(fault: SignatureFault, message: string): AwsError;
}

const jsonCodes: Readonly<Record<SignatureFault, string>> = {
  missing: 'MissingAuthenticationTokenException',
  incomplete: 'IncompleteSignatureException',
  'unknown-key': 'UnrecognizedClientException',
  'wrong-token': 'UnrecognizedClientException',
  expired: 'ExpiredTokenException',
  skewed: 'InvalidSignatureException',
  mismatch: 'InvalidSignatureException',
};

export const jsonAnswer = (value: unknown, version: '1.0' | '1.1', status = 200): ServiceAnswer => ({
  status,
  headers: { 'content-type': `application/x-amz-json-${version}` },
  body: JSON.stringify(value),
});

/** AWS JSON 1.0 and 1.1: the operation is in `x-amz-target`, the error's code in `__type`. */
export const jsonProtocol = (target: string, version: '1.0' | '1.1', prefixes: (code: string) => string): Protocol => ({
  parse: (request) => {
    const [prefix, operation] = String(request.headers['x-amz-target'] ?? '').split('.');
    if (prefix !== target || !operation)
      throw new AwsError('UnknownOperationException', `Expected x-amz-target ${target}.<Operation>.`);
    return { operation, input: parseJson(request.body) };
  },
  error: (error) =>
    jsonAnswer(
      { __type: prefixes(error.code) + error.code, message: error.message, ...error.fields },
      version,
      error.status,
    ),
  signatureError: (fault, message) => new AwsError(jsonCodes[fault], message),
});

const parseJson = (body: Uint8Array): Fields => {
  try {
    const value: unknown = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8') || '{}');
    if (isFields(value)) return value;
  } catch {
    // Said below.
  }
  throw new AwsError('SerializationException', 'The body is not a JSON object.');
};

const queryCodes: Readonly<Record<SignatureFault, string>> = {
  missing: 'MissingAuthenticationToken',
  incomplete: 'IncompleteSignature',
  'unknown-key': 'InvalidClientTokenId',
  'wrong-token': 'InvalidClientTokenId',
  expired: 'ExpiredToken',
  skewed: 'SignatureDoesNotMatch',
  mismatch: 'SignatureDoesNotMatch',
};

/** Errors that the older protocol calls by other names. */
const queryNames: Readonly<Record<string, readonly [code: string, status: number]>> = {
  AccessDeniedException: ['AccessDenied', 403],
  ValidationException: ['ValidationError', 400],
  UnknownOperationException: ['InvalidAction', 400],
  InternalServerError: ['InternalFailure', 500],
};

/** AWS Query: a form with `Action` in, XML out. Keys of the input keep their dots: `Tags.member.1.Key`. */
export const queryProtocol = (namespace: string): Protocol => ({
  parse: (request) => {
    const form = new URLSearchParams(Buffer.from(request.body).toString('utf8'));
    const operation = form.get('Action');
    if (!operation) throw new AwsError('MissingAction', 'Expected a form with Action.');
    return { operation, input: Object.fromEntries(form) };
  },
  error: (error, requestId) => {
    const [code, status] = queryNames[error.code] ?? [error.code, error.status];
    return {
      status,
      headers: { 'content-type': 'text/xml' },
      body: `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    };
  },
  signatureError: (fault, message) => new AwsError(queryCodes[fault], message, 403),
});

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
export const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? '');

/** The answer of a query service: nested objects become nested elements. */
export const xmlAnswer = (namespace: string, operation: string, requestId: string, result: Fields): ServiceAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: `<${operation}Response xmlns="${namespace}"><${operation}Result>${elements(result)}</${operation}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
});

const elements = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${isFields(value) ? elements(value) : escapeXml(String(value))}</${name}>`)
    .join('');
