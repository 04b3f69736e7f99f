import { credentialsIn } from '../../harness/credential-scan.ts';
import { credentialLines } from '../../harness/output-watch.ts';

const hex = '0123456789abcdef0123456789abcdef';
const base64 = `${'Ab1+'.repeat(30)}==`;
const kmsBlob = `AQICAHh${'Ab1+'.repeat(30)}==`;

/** What the scan of everything logged must find, however it is quoted. */
const secrets: readonly (readonly [kind: string, text: string])[] = [
  ['password', '{"email":"a@b.example","password":"hunter22"}'],
  ['password', '{"body":"{\\"password\\":\\"correct horse\\"}"}'],
  ['password', '?user=a&password=hunter22'],
  ['password', 'the passphrase: hunter22'],
  ['sealed value', `{"sealed":"${base64}"}`],
  ['sealed value', `{"Item":{"wrapped": "${base64}"}}`],
  ['sealed value', `{"Plaintext":"${base64}"}`],
  ['sealed value', `"{\\"CiphertextBlob\\":\\"${base64}\\"}"`],
  ['value wrapped by KMS', `{"key":"${kmsBlob}"}`],
  ['PagerDuty routing key', `{"routing_key":"${hex}","event_action":"trigger"}`],
  ['PagerDuty routing key', `{"pagerDutyRoutingKey": "${hex}"}`],
  ['PagerDuty routing key', `{\\"routing_key\\":\\"${hex}\\"}`],
  ['Slack webhook', 'POST https://hooks.slack.com/services/T00000000/B00000000/abc failed'],
  ['Slack webhook', '{"url":"https:\\u002f\\u002fhooks.slack.com/triggers/E01234567/89"}'],
  ['bearer header', '{"Authorization":"Bearer abcdefghijklmnopqrstuvwxyz"}'],
  ['private key', '-----BEGIN PRIVATE KEY-----'],
  ['AWS access key', '{"accessKeyId":"ASIAABCDEFGHIJKLMNOP"}'],
  ['AWS secret', `{"SecretAccessKey":"${'Ab1+'.repeat(10)}"}`],
  ['bcrypt hash', `$2b$10$${'a'.repeat(53)}`],
];

describe('a log line with a credential is found', () => {
  it.each(secrets)('%s in %s', (kind, text) => {
    expect(credentialsIn(text)).toContain(kind);
  });

  it.each(secrets)('%s in a line that a test’s own process wrote: %s', (kind, text) => {
    const line = JSON.stringify({ level: 'info', message: 'any', text });
    expect(credentialLines(`other\n${line}\n`)).toEqual([expect.stringContaining(kind)]);
  });
});

describe('what is no credential is left alone', () => {
  it.each([
    '{"event":"authentication-failed","reason":"wrong-secret","credential":"tok_0000000000000001"}',
    'The password may not be empty, and has at least 12 characters.',
    '{"requestId":"0b5c9a5e-1f0e-4f57-9a3a-6d0c1f6f3c11"}',
    `{"dedup_key":"${hex}"}`,
    '{"routing_key":"…"}',
    '{"wrapped":true,"sealed":"yes","keyVersion":3}',
    'https://hooks.slack.com/services/ is where webhooks are.',
    '{"fields":[{"field":"body.password","expected":"at least 12 characters"}]}',
  ])('%s', (text) => {
    expect(credentialsIn(text)).toEqual([]);
    expect(credentialLines(`${JSON.stringify({ level: 'info', text })}\n`)).toEqual([]);
  });
});

it.each(['hunter22', 'B00000000'])('a finding does not repeat the credential: %s', (secret) => {
  const found = secrets.flatMap(([, text]) => credentialLines(JSON.stringify({ level: 'info', text })));
  expect(secrets.some(([, text]) => text.includes(secret))).toBe(true);
  expect(found.filter((line) => line.includes(secret))).toEqual([]);
});
