import { connect } from 'node:tls';

export const tlsVersions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
export type TlsVersion = (typeof tlsVersions)[number];

export interface Place {
  readonly host: string;
  readonly port: number;
  /** Trusted instead of the usual authorities. */
  readonly ca?: string;
}

/** `failed`: neither accepted nor refused; the version could not be tried from here, or the certificate is not valid. */
export type Offer =
  | { readonly accepted: boolean; readonly failed?: undefined }
  | { readonly accepted?: undefined; readonly failed: string };

const timeoutMs = 10_000;

/** The server's alert about the version, or its hanging up. */
const isRefusal = (code: string): boolean => /ALERT/.test(code) || code === 'ECONNRESET' || code === 'EPROTO';

/** Offers exactly one version of TLS. Level 0, because OpenSSL 3 by itself no longer offers 1.0 and 1.1. */
export const offers = ({ host, port, ca }: Place, version: TlsVersion): Promise<Offer> =>
  new Promise((resolve) => {
    const socket = connect({
      host,
      port,
      servername: host,
      minVersion: version,
      maxVersion: version,
      ciphers: 'DEFAULT:@SECLEVEL=0',
      timeout: timeoutMs,
      ...(ca && { ca }),
    });
    const end = (offer: Offer): void => {
      socket.destroy();
      resolve(offer);
    };
    socket.on('secureConnect', () => end({ accepted: true }));
    socket.on('timeout', () => end({ failed: `no answer in ${timeoutMs / 1000} s` }));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      end(isRefusal(error.code ?? '') ? { accepted: false } : { failed: error.code ?? error.message }),
    );
  });
