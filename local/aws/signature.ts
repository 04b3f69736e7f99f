import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../types.ts';
import type { CredentialsStore, KnownKey } from './world.ts';

/** A request as it arrived: nothing decoded, nothing normalized. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, as on the request line. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  /** Where it came from. */
  readonly address?: string | undefined;
}

export interface Scope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export type SignatureFault =
  | 'missing'
  | 'incomplete'
  | 'unknown-key'
  | 'wrong-token'
  | 'expired'
  | 'skewed'
  | 'mismatch';

export type Verdict =
  | { readonly ok: true; readonly key: KnownKey; readonly scope: Scope }
  | { readonly ok: false; readonly fault: SignatureFault; readonly message: string };

const refused = (fault: SignatureFault, message: string): Verdict => ({ ok: false, fault, message });
const skewMs = 5 * 60 * 1000;
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

const authorizationPattern =
  /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]{16,128})\/(\d{8})\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\/aws4_request, ?SignedHeaders=([a-z0-9;._-]{1,4096}), ?Signature=([0-9a-f]{64})$/;

interface Authorization {
  readonly scope: Scope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const headerText = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'object' ? value.join(',') : value;

const parseAuthorization = (header: string | undefined): Authorization | undefined => {
  const [, accessKeyId, date, region, service, headers, signature] = authorizationPattern.exec(header ?? '') ?? [];
  if (!accessKeyId || !date || !region || !service || !headers || !signature) return undefined;
  return { scope: { accessKeyId, date, region, service }, signedHeaders: headers.split(';'), signature };
};

/** What the caller says it signed for; to be believed only once `verifySignature` agreed. */
export const claimedScope = (request: SignedRequest): Scope | undefined =>
  parseAuthorization(headerText(request.headers.authorization))?.scope;

/** RFC 3986 encoding, as SigV4 wants it: `encodeURIComponent` leaves five characters that AWS encodes. */
const encode = (value: string): string =>
  encodeURIComponent(value).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** Dot segments resolved, then encoded once more: every service but S3 signs the doubly encoded path. */
const canonicalPath = (path: string): string => {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.map(encode).join('/')}${segments.length > 0 && path.endsWith('/') ? '/' : ''}`;
};

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return [encode(decode(name)), encode(decode(rest.join('=')))] as const;
    })
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map((pair) => pair.join('='))
    .join('&');

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** S3 encodes each segment once and resolves none: a key may hold dots and empty segments. */
const canonicalKeyPath = (path: string): string => path.split('/').map(decode).map(encode).join('/');

const unsignedPayloads: readonly unknown[] = ['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'];

/**
 * The last line of a canonical request: the hash of the body. Of S3 alone a client may ask, in a signed header, to leave
 * the body unsigned. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
const payloadLine = ({ headers, body }: SignedRequest, service: string): string => {
  const said = headers['x-amz-content-sha256'];
  return service === 's3' && unsignedPayloads.includes(said) ? String(said) : sha256(body);
};

const canonicalRequest = (request: SignedRequest, signedHeaders: readonly string[], service: string): string => {
  const [path = '/', ...query] = request.url.split('?');
  const headers = signedHeaders.map((name) => {
    const value = headerText(request.headers[name]) ?? '';
    return `${name}:${value.trim().replace(/\s+/g, ' ')}\n`;
  });
  const encodedPath = service === 's3' ? canonicalKeyPath(path) : canonicalPath(path);
  const lines = [request.method, encodedPath, canonicalQuery(query.join('?')), headers.join('')];
  return [...lines, signedHeaders.join(';'), payloadLine(request, service)].join('\n');
};

const signingKeys = new Map<string, Buffer>();

/** Four HMACs saved on each call: the key depends on secret, day, region and service only. */
const signingKey = (secret: string, { date, region, service }: Scope): Buffer => {
  const id = `${secret}/${date}/${region}/${service}`;
  const known = signingKeys.get(id);
  if (known !== undefined) return known;
  const derived = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), 'aws4_request');
  if (signingKeys.size >= 1000) signingKeys.clear();
  signingKeys.set(id, derived);
  return derived;
};

const sameText = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

const parseDate = (value: string): number => {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value) ?? [];
  return Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
};

/** What left unsigned would let a changed request pass: the host and every x-amz header (the operation is one). */
const unsignedHeader = (request: SignedRequest, signedHeaders: readonly string[]): string | undefined => {
  const signed = new Set(signedHeaders);
  return ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))].find(
    (name) => !signed.has(name),
  );
};

/**
 * Verifies an `AWS4-HMAC-SHA256` Authorization header: the key is ours, its token is the one issued with it, the
 * signature covers method, path, query, host, every x-amz header and the whole body, the date is within five minutes
 * of the clock, the session lives. Service and region of the scope are the caller's to compare.
 * Source: IAM User Guide, "Create a signed AWS API request".
 */
export const verifySignature = (request: SignedRequest, credentials: CredentialsStore, clock: Clock): Verdict => {
  const header = headerText(request.headers.authorization);
  if (header === undefined) return refused('missing', 'Request is missing Authentication Token');
  const authorization = parseAuthorization(header);
  const date = headerText(request.headers['x-amz-date']);
  if (authorization === undefined || date === undefined)
    return refused('incomplete', 'Authorization header requires Credential, SignedHeaders, Signature and X-Amz-Date.');
  const { scope, signedHeaders, signature } = authorization;
  const unsigned = unsignedHeader(request, signedHeaders);
  if (unsigned !== undefined) return refused('incomplete', `'${unsigned}' must be a signed header.`);

  const key = credentials.find(scope.accessKeyId);
  const token = headerText(request.headers['x-amz-security-token']) ?? '';
  if (key === undefined) return refused('unknown-key', 'The security token included in the request is invalid.');
  if (!sameText(token, key.credentials.sessionToken))
    return refused('wrong-token', 'The security token included in the request is invalid.');

  const toSign = ['AWS4-HMAC-SHA256', date, `${scope.date}/${scope.region}/${scope.service}/aws4_request`];
  const canonical = sha256(canonicalRequest(request, signedHeaders, scope.service));
  const expected = hmac(signingKey(key.credentials.secretAccessKey, scope), [...toSign, canonical].join('\n'));
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex')))
    return refused(
      'mismatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );

  const now = clock.now();
  // Not (within), so that a date that is no date is refused.
  if (!(Math.abs(parseDate(date) - now) <= skewMs) || !date.startsWith(scope.date))
    return refused('skewed', `Signature expired: ${date} is not within 5 min. of ${new Date(now).toISOString()}`);
  if (now >= key.credentials.expiresAt)
    return refused('expired', 'The security token included in the request is expired');
  return { ok: true, key, scope };
};
