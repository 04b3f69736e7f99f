import { createHash, createHmac } from 'node:crypto';
import { verifySignature } from '../../../local/aws/signature.ts';
import type { CredentialsStore } from '../../../local/aws/world.ts';

// AWS's published example: IAM User Guide, "Create a signed AWS API request", ListUsers; the test suite's key and date.
const accessKeyId = 'AKIDEXAMPLEEXAMPLE';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const at = Date.parse('2015-08-30T12:36:00Z');

const store: CredentialsStore = {
  issue: () => {
    throw new Error('not asked for');
  },
  find: (id) =>
    id === accessKeyId
      ? {
          credentials: { accessKeyId, secretAccessKey, sessionToken: '', expiresAt: at + 3600_000 },
          principal: {
            kind: 'session',
            arn: '',
            account: '',
            roleName: '',
            roleArn: '',
            sessionName: '',
            tags: {},
            policies: [],
          },
          sessionTags: {},
          transitiveTagKeys: [],
          issuedAt: 0,
        }
      : undefined,
};
const clock = { now: () => at, advance: () => undefined };

const listUsers = {
  method: 'GET',
  url: '/?Version=2010-05-08&Action=ListUsers',
  headers: {
    host: 'iam.amazonaws.com',
    'content-type': 'application/x-www-form-urlencoded;  charset=utf-8 ',
    'x-amz-date': '20150830T123600Z',
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7`,
  },
  body: new Uint8Array(),
};

it("verifies AWS's published example", () => {
  expect(verifySignature(listUsers, store, clock)).toMatchObject({
    ok: true,
    scope: { service: 'iam', region: 'us-east-1' },
  });
});

it.each<[string, object, string]>([
  ['another query', { url: '/?Action=ListUsers&Version=2010-05-09' }, 'mismatch'],
  ['a body', { body: Buffer.from('x') }, 'mismatch'],
  ['no header', { headers: { host: 'iam.amazonaws.com' } }, 'missing'],
  ['no date', { headers: { ...listUsers.headers, 'x-amz-date': undefined } }, 'incomplete'],
  ['a token that was not issued', { headers: { ...listUsers.headers, 'x-amz-security-token': 'x' } }, 'incomplete'],
])('refuses it with %s', (_, change, fault) => {
  expect(verifySignature({ ...listUsers, ...change }, store, clock)).toMatchObject({ ok: false, fault });
});

it('refuses it more than five minutes later or earlier', () => {
  for (const ms of [300_001, -300_001])
    expect(verifySignature(listUsers, store, { ...clock, now: () => at + ms })).toMatchObject({
      ok: false,
      fault: 'skewed',
    });
  expect(verifySignature(listUsers, store, { ...clock, now: () => at + 300_000 })).toMatchObject({ ok: true });
});

it('refuses a signature whose scope is of another day than its date', () => {
  const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
  const day = '20150829';
  const headers = { host: 'iam.amazonaws.com', 'x-amz-date': '20150830T123600Z' };
  const signedAs = 'host;x-amz-date';
  const sha256 = (data: string) => createHash('sha256').update(data).digest('hex');
  const lines = Object.entries(headers).map((header) => `${header.join(':')}\n`);
  const canonical = `GET\n/\n\n${lines.join('')}\n${signedAs}\n${sha256('')}`;
  const scope = `${day}/us-east-1/iam/aws4_request`;
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n20150830T123600Z\n${scope}\n${sha256(canonical)}`).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signedAs}, Signature=${signature}`;
  const request = { method: 'GET', url: '/', headers: { ...headers, authorization }, body: new Uint8Array() };
  expect(verifySignature(request, store, clock)).toMatchObject({ ok: false, fault: 'skewed' });
});
