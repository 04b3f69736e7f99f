import { AwsError } from '../aws-error.ts';
import type { S3Request } from './s3-request.ts';

const crlf = Buffer.from('\r\n');
const malformed = () => new AwsError('IncompleteBody', 'The chunks of the body are not as aws-chunked has them.');

/**
 * A request whose body came in chunks, with what its trailer says as headers; any other as it is.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export const unchunked = (request: S3Request): S3Request => {
  const { headers, body } = request;
  const hash = headers['x-amz-content-sha256'] ?? '';
  if (!hash.startsWith('STREAMING-')) return request;
  if (hash !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER')
    throw new AwsError('NotImplemented', `The local S3 does not have ${hash}.`, 501);
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf(crlf, at);
    const length = Number.parseInt(body.subarray(at, end).toString('latin1'), 16);
    if (end < 0 || !(length >= 0)) throw malformed();
    at = end + 2;
    if (length === 0) break;
    parts.push(body.subarray(at, at + length));
    at += length + 2;
    if (at > body.length) throw malformed();
  }
  const whole = Buffer.concat(parts);
  if (headers['x-amz-decoded-content-length'] !== String(whole.length)) throw malformed();
  const { 'content-encoding': encoding = '', ...rest } = headers;
  const left = encoding.replace(/(^|,)\s*aws-chunked\s*/, '').replace(/^,/, '');
  const kept = left === '' ? rest : { ...rest, 'content-encoding': left };
  return { ...request, headers: { ...kept, ...trailerOf(body.subarray(at)) }, body: whole };
};

const trailerOf = (bytes: Buffer): Readonly<Record<string, string>> =>
  Object.fromEntries(
    bytes
      .toString('latin1')
      .split('\r\n')
      .map((line) => line.split(':'))
      .flatMap(([name = '', value]) => (value === undefined ? [] : [[name.trim().toLowerCase(), value.trim()]])),
  );
