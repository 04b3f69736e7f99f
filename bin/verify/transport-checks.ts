import { request } from 'node:http';
import { broken, type Check, type Finding, held, unless } from './check.ts';
import type { Target } from './target.ts';
import { offers, type TlsVersion, tlsVersions } from './tls-probe.ts';

const timeoutMs = 5000;

/** What the stage's TLS policy lets in: all of them begin at 1.2 or at 1.3. */
const wantedOf = ({ stage }: Target): readonly TlsVersion[] =>
  stage.tlsPolicy.startsWith('SecurityPolicy_TLS13_1_3') ? ['TLSv1.3'] : ['TLSv1.2', 'TLSv1.3'];

/** Which versions a server speaks, against those it should. A version that could not be tried is a fault. */
export const versionsFinding = async (
  place: { readonly host: string; readonly port: number; readonly ca?: string },
  wanted: readonly TlsVersion[],
): Promise<Finding> => {
  const faults: string[] = [];
  for (const version of tlsVersions) {
    const offer = await offers(place, version);
    const isWanted = wanted.includes(version);
    if (offer.failed !== undefined) faults.push(`${version} could not be tried (${offer.failed})`);
    else if (offer.accepted !== isWanted) faults.push(`${version} is ${offer.accepted ? 'accepted' : 'refused'}`);
  }
  return unless(faults, `${wanted.join(' and ')} only, with a valid certificate`);
};

/** Nothing may be served without TLS: no connection, or the way to it. */
export const plainFinding = (host: string, port = 80): Promise<Finding> =>
  new Promise((resolve) => {
    const asked = request({ host, port, path: '/v1/openapi.json', agent: false, timeout: timeoutMs }, (response) => {
      const { statusCode = 0, headers } = response;
      response.resume();
      const isSentOn = statusCode >= 300 && statusCode < 400 && headers.location?.startsWith('https://');
      resolve(isSentOn ? held(`port ${port} only sends on to https`) : broken(`port ${port} answers ${statusCode}`));
    });
    asked.on('timeout', () => {
      asked.destroy();
      resolve(held(`port ${port} does not answer`));
    });
    asked.on('error', (error: NodeJS.ErrnoException) => {
      const isClosed = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT'].includes(error.code ?? '');
      resolve(isClosed ? held(`port ${port} is closed`) : broken(`could not be checked: ${error.message}`));
    });
    asked.end();
  });

const hostOf = ({ deployment }: Target): string => new URL(deployment.apiUrl).hostname;

/** How the API is reached. */
export const transportChecks: readonly Check[] = [
  {
    name: 'tls-versions',
    promise: 'TLS 1.2 or better, and a valid certificate.',
    needs: 'aws',
    run: (target) => versionsFinding({ host: hostOf(target), port: 443 }, wantedOf(target)),
  },
  {
    name: 'plain-http',
    promise: 'Nothing is served without TLS.',
    needs: 'aws',
    run: (target) => plainFinding(hostOf(target)),
  },
];
