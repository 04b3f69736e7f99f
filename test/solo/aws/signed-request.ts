import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../../local/types.ts';
import { type Local, region } from './local-world.ts';

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

interface Wanted {
  readonly credentials: Credentials;
  readonly operation?: string;
  readonly body?: string;
  readonly at?: number;
  readonly service?: string;
  readonly region?: string;
  /** A header to leave out of the signature. */
  readonly unsigned?: string;
}

/** A call to DynamoDB as any SigV4 signer makes it, byte by byte in a test's hands. */
export const signedRequest = async (local: Local, wanted: Wanted): Promise<SignedRequest> => {
  const { host, hostname, port } = new URL(local.endpoint.url);
  const { credentials, operation = 'DescribeTable', body = '{"TableName":"things"}', unsigned } = wanted;
  const scope = { service: wanted.service ?? 'dynamodb', region: wanted.region ?? region };
  const signer = new SignatureV4({ ...scope, credentials, sha256: Sha256 });
  const target = `DynamoDB_20120810.${operation}`;
  const headers = { host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
  const request = await signer.sign(
    { protocol: 'http:', hostname, port: Number(port), method: 'POST', path: '/', headers, body },
    {
      signingDate: new Date(wanted.at ?? local.world.clock.now()),
      ...(unsigned ? { unsignableHeaders: new Set([unsigned]) } : {}),
    },
  );
  return { method: 'POST', path: '/', headers: request.headers, body };
};

export interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly Item?: unknown;
}

export const send = async (local: Local, { path, ...request }: SignedRequest): Promise<Answer> => {
  const response = await fetch(local.endpoint.url + path, request);
  const answer = (await response.json()) as { __type?: string; message?: string };
  return { ...answer, status: response.status, code: answer.__type?.replace(/^.*#/, ''), message: answer.message };
};
