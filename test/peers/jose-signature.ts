/** r and s of a JWS (RFC 7518 section 3.4), as OpenSSL reads them: an ASN.1 sequence of two positive integers. */
export const derOf = (raw: Buffer): Buffer => {
  const integer = (bytes: Buffer): Buffer => {
    const first = bytes.findIndex((byte) => byte !== 0);
    const digits = bytes.subarray(first < 0 ? bytes.length - 1 : first);
    const positive = (digits[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), digits]) : digits;
    return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
  };
  const numbers = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, numbers.length]), numbers]);
};
