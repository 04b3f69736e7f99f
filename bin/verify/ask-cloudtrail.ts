import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Deployment } from '../operators-endpoint.ts';

/**
 * Asks CloudTrail as AWS's JSON protocol has it: two questions do not pay for a client library.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/CommonParameters.html
 */
export const askCloudTrail = async <T>(
  { region, credentials }: Deployment,
  operation: 'GetTrail' | 'GetTrailStatus',
  input: object,
): Promise<T> => {
  const hostname = `cloudtrail.${region}.amazonaws.com`;
  const body = JSON.stringify(input);
  const signer = new SignatureV4({ service: 'cloudtrail', region, credentials, sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'https:',
    hostname,
    path: '/',
    query: {},
    headers: {
      host: hostname,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `CloudTrail_20131101.${operation}`,
    },
    body,
  });
  const { host: _host, ...sent } = headers;
  const response = await fetch(`https://${hostname}/`, { method: 'POST', headers: sent, body });
  const answer: unknown = await response.json();
  if (response.ok) return answer as T;
  const { __type = `status ${response.status}`, message = '' } = answer as { __type?: string; message?: string };
  throw new Error(`${operation}: ${__type} ${message}`);
};
