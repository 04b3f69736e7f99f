import type { TenantId, TokenId, UserId } from '../kernel/id.ts';
import { idLengths } from '../kernel/id-kinds.ts';
import { toBase62 } from './base62.ts';

/**
 * An API token: `rfp_`, tenant (12), credential (16), 256-bit secret (43), CRC-32 of all before it (6), base62, fixed
 * width. Scanners find it by this expression; the checksum tells a mistyped or invented one before anything is read.
 */
export const tokenPattern = /rfp_[0-9A-Za-z]{77}/;

const secretBytes = 32;
const width = { tenant: idLengths.ten, credential: idLengths.tok, secret: 43, checksum: 6 };

export interface TokenParts {
  readonly tenant: TenantId;
  readonly credential: TokenId;
  /** Every token's user is named by the first half of its credential id. */
  readonly user: UserId;
  readonly secret: string;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 (ISO-HDLC) of ASCII text. */
const crc32 = (text: string): number => {
  let value = 0xffffffff;
  for (let at = 0; at < text.length; at += 1)
    value = (value >>> 8) ^ (table[(value ^ text.charCodeAt(at)) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
};

const checksumOf = (text: string): string => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, crc32(text));
  return toBase62(bytes, width.checksum);
};

export const userOf = (credential: TokenId): UserId => `usr_${credential.slice(4, 4 + idLengths.usr)}` as UserId;

/** A secret of a new token, from 32 random bytes. */
export const secretOf = (random: Uint8Array): string => {
  if (random.length !== secretBytes) throw new Error(`A token secret takes ${secretBytes} random bytes.`);
  return toBase62(random, width.secret);
};

export const formatToken = (tenant: TenantId, credential: TokenId, secret: string): string => {
  const text = `rfp_${tenant.slice('ten_'.length)}${credential.slice('tok_'.length)}${secret}`;
  return text + checksumOf(text);
};

/** The parts of a well-formed token; undefined for anything else. Proves nothing about who sent it. */
export const parseToken = (token: string): TokenParts | undefined => {
  if (!new RegExp(`^${tokenPattern.source}$`).test(token)) return undefined;
  const text = token.slice(0, -width.checksum);
  if (checksumOf(text) !== token.slice(-width.checksum)) return undefined;
  const tenantEnd = 4 + width.tenant;
  const credentialEnd = tenantEnd + width.credential;
  const credential = `tok_${token.slice(tenantEnd, credentialEnd)}` as TokenId;
  return {
    tenant: `ten_${token.slice(4, tenantEnd)}` as TenantId,
    credential,
    user: userOf(credential),
    secret: token.slice(credentialEnd, -width.checksum),
  };
};
