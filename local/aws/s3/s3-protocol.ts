import type { ServiceAnswer } from '../../types.ts';
import { AwsError } from '../aws-error.ts';
import { escapeXml, type Protocol } from '../protocol.ts';
import type { SignatureFault } from '../signature.ts';
import { parseRequest } from './s3-request.ts';

const signatureCodes: Readonly<Record<SignatureFault, readonly [code: string, status: number]>> = {
  missing: ['AccessDenied', 403],
  incomplete: ['AuthorizationHeaderMalformed', 400],
  'unknown-key': ['InvalidAccessKeyId', 403],
  'wrong-token': ['InvalidToken', 400],
  expired: ['ExpiredToken', 400],
  skewed: ['RequestTimeTooSkewed', 403],
  mismatch: ['SignatureDoesNotMatch', 403],
};

/** Errors that S3 calls by names of its own. */
const names: Readonly<Record<string, readonly [code: string, status: number]>> = {
  AccessDeniedException: ['AccessDenied', 403],
  ValidationException: ['InvalidArgument', 400],
  UnknownOperationException: ['NotImplemented', 501],
  InternalServerError: ['InternalError', 500],
  InternalFailure: ['InternalError', 500],
};

/** REST with XML.
 *  Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export const s3Protocol: Protocol = {
  parse: parseRequest,
  error: (error, requestId) => {
    const [code, status] = names[error.code] ?? [error.code, error.status];
    const body = `<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message><RequestId>${requestId}</RequestId></Error>`;
    return status === 304 ? { status, headers: {}, body: '' } : xml(body, status, requestId);
  },
  signatureError: (fault, message) => {
    const [code, status] = signatureCodes[fault];
    return new AwsError(code, message, status);
  },
};

const xml = (body: string, status: number, requestId: string): ServiceAnswer => ({
  status,
  headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

/** A tree of elements: a list repeats its element, undefined leaves it out. */
export type Xml = string | number | boolean | undefined | readonly Xml[] | { readonly [name: string]: Xml };

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

export const xmlDocument = (name: string, content: { readonly [name: string]: Xml }, requestId: string) =>
  xml(`<${name} xmlns="${namespace}">${elements(content)}</${name}>`, 200, requestId);

const elements = (content: { readonly [name: string]: Xml }): string =>
  Object.entries(content)
    .map(([name, value]) => element(name, value))
    .join('');

const element = (name: string, value: Xml): string => {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((each: Xml) => element(name, each)).join('');
  const inner = typeof value === 'object' ? elements(value as { readonly [name: string]: Xml }) : escapeXml(`${value}`);
  return `<${name}>${inner}</${name}>`;
};

/** The text of the first element of this name in a small document that a client sent. */
export const elementText = (body: Buffer, name: string): string | undefined =>
  new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`).exec(body.toString('utf8'))?.[1];
