import { createECDH, type KeyObject, randomBytes } from 'node:crypto';

// node:crypto signs messages, and cannot be given a digest that was made elsewhere: KMS's MessageType DIGEST needs that.

/** Curve P-256 (FIPS 186-5, SP 800-186): y² = x³ - 3x + b over p, of order n. */
const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const base: Point = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};

interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

const mod = (value: bigint, by: bigint): bigint => ((value % by) + by) % by;

const inverse = (value: bigint, by: bigint): bigint => {
  let [a, b, x, y] = [mod(value, by), by, 1n, 0n];
  while (a > 1n) [a, b, x, y] = [b % a, a, y - (b / a) * x, x];
  return mod(x, by);
};

const add = (a: Point | undefined, b: Point | undefined): Point | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.x === b.x && mod(a.y + b.y, p) === 0n) return undefined;
  const slope = a.x === b.x ? (3n * a.x * a.x - 3n) * inverse(2n * a.y, p) : (b.y - a.y) * inverse(b.x - a.x, p);
  const x = mod(slope * slope - a.x - b.x, p);
  return { x, y: mod(slope * (a.x - x) - a.y, p) };
};

const times = (point: Point, scalar: bigint): Point | undefined => {
  let [sum, doubled, left]: [Point | undefined, Point | undefined, bigint] = [undefined, point, scalar];
  for (; left > 0n; left >>= 1n) {
    if (left & 1n) sum = add(sum, doubled);
    doubled = add(doubled, doubled);
  }
  return sum;
};

const toBigInt = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex') || '0'}`);
const toBytes = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
const part = (key: KeyObject, name: 'd' | 'x' | 'y'): bigint =>
  toBigInt(Buffer.from(key.export({ format: 'jwk' })[name] ?? '', 'base64url'));

/** The x coordinate of nonce × base, by OpenSSL. */
const nonceX = (nonce: bigint): bigint => {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(toBytes(nonce));
  return toBigInt(curve.getPublicKey().subarray(1, 33));
};

/** An ECDSA signature over a SHA-256 digest, r and s as 64 bytes. For a local twin: not constant in time. */
export const signDigest = (key: KeyObject, digest: Buffer): Buffer => {
  for (;;) {
    const nonce = mod(toBigInt(randomBytes(40)), n - 1n) + 1n;
    const r = mod(nonceX(nonce), n);
    const s = mod(inverse(nonce, n) * (toBigInt(digest) + r * part(key, 'd')), n);
    if (r !== 0n && s !== 0n) return Buffer.concat([toBytes(r), toBytes(s)]);
  }
};

/** Whether 64 bytes of r and s are a signature over the digest. */
export const verifyDigest = (key: KeyObject, digest: Buffer, signature: Buffer): boolean => {
  const [r, s] = [toBigInt(signature.subarray(0, 32)), toBigInt(signature.subarray(32))];
  if (signature.length !== 64 || r === 0n || s === 0n || r >= n || s >= n) return false;
  const w = inverse(s, n);
  const owner: Point = { x: part(key, 'x'), y: part(key, 'y') };
  const sum = add(times(base, mod(toBigInt(digest) * w, n)), times(owner, mod(r * w, n)));
  return sum !== undefined && mod(sum.x, n) === r;
};

const derInteger = (bytes: Buffer): Buffer => {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = bytes.subarray(first < 0 ? -1 : first);
  const value = (short[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), short]) : short;
  return Buffer.concat([Buffer.of(2, value.length), value]);
};

/** r and s as the DER sequence that KMS answers (RFC 3279). */
export const toDer = (signature: Buffer): Buffer => {
  const body = Buffer.concat([derInteger(signature.subarray(0, 32)), derInteger(signature.subarray(32))]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
};

/** The 64 bytes of a DER signature; undefined when it is none. */
export const fromDer = (der: Buffer): Buffer | undefined => {
  const match = /^30(..)02(..)(.*)$/.exec(der.toString('hex'));
  const [, , rLength = '0', rest = ''] = match ?? [];
  const r = rest.slice(0, Number.parseInt(rLength, 16) * 2);
  const s = rest.slice(r.length + 4);
  const pad = (hex: string) => hex.replace(/^0+/, '').padStart(64, '0');
  if (pad(r).length !== 64 || pad(s).length !== 64) return undefined;
  const signature = Buffer.from(pad(r) + pad(s), 'hex');
  return toDer(signature).equals(der) ? signature : undefined;
};
