import { findStage, stageNames } from '../../lib/find-stage.ts';
import { parseStage } from '../../lib/stage.ts';
import { local } from '../../stages/local.ts';
import { production } from '../../stages/production.ts';
import { staging } from '../../stages/staging.ts';

type Values = Readonly<Record<string, unknown>>;
const refusalOf = (values: unknown): string => {
  try {
    parseStage(values, 'stages/x.ts');
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

describe('the stages', () => {
  it.each([local, staging, production])('$name is valid', (values) => {
    expect(findStage(values.name)).toEqual(values);
  });
  it('are named in the message when another is asked for', () => {
    expect(() => findStage('prod')).toThrow('There is no stage "prod": expected -c stage=local|staging|production.');
    expect(() => findStage(undefined)).toThrow('No stage is named: expected -c stage=local|staging|production.');
    expect(() => findStage('constructor')).toThrow('There is no stage "constructor"');
    expect(stageNames).toEqual(['local', 'staging', 'production']);
  });
});

const wrong: readonly (readonly [path: string, change: Values, message: string])[] = [
  ['name', { name: 'Staging' }, 'name is "Staging": expected 2 to 16 lower-case letters, digits or dashes.'],
  ['account', { account: 111111111111 }, 'account is 111111111111: expected an AWS account id, 12 digits.'],
  ['account', { account: '1234' }, 'account is "1234": expected an AWS account id, 12 digits.'],
  [
    'region',
    { region: 'us-gov-west-1' },
    'region is "us-gov-west-1": expected a commercial AWS region such as eu-central-1.',
  ],
  ['architecture', { architecture: 'arm' }, 'architecture is "arm": expected one of x86_64, arm64.'],
  [
    'domain.name',
    { domain: { ...cert('eu-central-1'), name: 'https://a' } },
    'domain.name is "https://a": expected a host name such as api.example.com.',
  ],
  [
    'domain.certificateArn',
    { domain: { name: 'a.example', certificateArn: 'x' } },
    'domain.certificateArn is "x": expected the ARN of an ACM certificate.',
  ],
  ['domain.certificateArn', { domain: cert('us-east-1') }, 'expected a certificate in eu-central-1.'],
  ['waf.ratePerAddress', { waf: { ratePerAddress: 5 } }, 'waf.ratePerAddress is 5: expected at least 10.'],
  [
    'throttling.ratePerSecond',
    { throttling: { ratePerSecond: 0, burst: 1 } },
    'throttling.ratePerSecond is 0: expected at least 1.',
  ],
  ['throttling.burst', { throttling: { ratePerSecond: 1 } }, 'throttling.burst is missing: expected a whole number.'],
  ['revokeToDenySeconds', { revokeToDenySeconds: 300 }, 'revokeToDenySeconds is 300: expected at most 120.'],
  ['revokeToDenySeconds', { revokeToDenySeconds: 1.5 }, 'revokeToDenySeconds is 1.5: expected a whole number.'],
  [
    'assertionSeconds',
    { assertionSeconds: 60 },
    'assertionSeconds is 60: expected at least 90: twice revokeToDenySeconds and 30 s.',
  ],
  ['bcryptCost.token', { bcryptCost: { token: 4 } }, 'bcryptCost.token is 4: expected at least 10.'],
  ['logRetentionDays', { logRetentionDays: 31 }, 'logRetentionDays is 31: expected one of 1, 3, 5,'],
  ['auditRetentionDays', { auditRetentionDays: 0 }, 'auditRetentionDays is 0: expected at least 1.'],
  [
    'trail.lock',
    { trail: { lock: 'compliance', retentionDays: 1 } },
    'trail.lock is "compliance": expected one of GOVERNANCE, COMPLIANCE.',
  ],
  [
    'trail.retentionDays',
    { trail: { lock: 'GOVERNANCE', retentionDays: 0 } },
    'trail.retentionDays is 0: expected at least 1.',
  ],
  ['trail', { trail: undefined }, 'trail is missing: expected'],
  ['pipelineRole', { pipelineRole: undefined }, 'pipelineRole is missing: expected the name of an IAM role.'],
  [
    'auditorRole',
    { auditorRole: 'arn:aws:iam::111111111111:role/a' },
    'auditorRole is "arn:aws:iam::111111111111:role/a": expected the name of an IAM role.',
  ],
  ['pager.email', { pager: { email: 'on-call' } }, 'pager.email is "on-call": expected an e-mail address.'],
  [
    'runbooksUrl',
    { runbooksUrl: 'http://runbooks.example.com' },
    'runbooksUrl is "http://runbooks.example.com": expected an https address without a slash at the end.',
  ],
  [
    'runbooksUrl',
    { runbooksUrl: 'https://runbooks.example.com/' },
    'expected an https address without a slash at the end.',
  ],
  ['deletionProtection', { deletionProtection: 'yes' }, 'deletionProtection is "yes": expected true or false.'],
  ['retain', { retain: undefined }, 'retain is missing: expected true or false.'],
  ['pointInTimeRecovery', { pointInTimeRecovery: 1 }, 'pointInTimeRecovery is 1: expected true or false.'],
  ['tlsPolicy', { tlsPolicy: 'TLS_1_0' }, 'tlsPolicy is "TLS_1_0": expected one of SecurityPolicy_TLS13_1_3_2025_09,'],
  ['revokeSeconds', { revokeSeconds: 30 }, 'revokeSeconds is 30: no such value exists; remove it.'],
];

function cert(region: string) {
  return { name: 'api.example.com', certificateArn: `arn:aws:acm:${region}:111111111111:certificate/0` };
}

describe('a wrong value stops synth with its path, the value and what was expected', () => {
  it.each(wrong)('%s: %j', (path, change, message) => {
    const refusal = refusalOf({ ...staging, ...change });
    expect(refusal).toContain(message);
    expect(refusal).toMatch(new RegExp(`^stages/x\\.ts: ${path.replaceAll('.', '\\.')} is .*\\.$`));
  });

  it('one line for each', () => {
    expect(refusalOf({ ...staging, account: '1', region: 'x' }).split('\n')).toHaveLength(2);
  });

  it('every value there is has been tried', () => {
    const tried = wrong.map(([path]) => path.split('.')[0]);
    expect(Object.keys({ ...staging, domain: 0, waf: 0 }).filter((key) => !tried.includes(key))).toEqual([]);
  });

  it.each([undefined, null, 'staging', []])('and so does what is no stage: %j', (values) => {
    expect(refusalOf(values)).toMatch(/^stages\/x\.ts: stage is /);
  });
});

describe('production', () => {
  it.each(['deletionProtection', 'retain', 'pointInTimeRecovery'])('refuses to synthesize without %s', (guard) => {
    expect(refusalOf({ ...production, [guard]: false })).toBe(
      `stages/x.ts: ${guard} is false: expected true: production refuses to be without it.`,
    );
    expect(refusalOf({ ...staging, [guard]: false })).toBe('accepted');
  });

  it('refuses a lock on the trail that somebody can open', () => {
    const trail = { lock: 'GOVERNANCE', retentionDays: 400 };
    expect(refusalOf({ ...production, trail })).toBe(
      'stages/x.ts: trail.lock is "GOVERNANCE": expected COMPLIANCE: production refuses a lock that somebody can open.',
    );
    expect(refusalOf({ ...staging, trail })).toBe('accepted');
  });

  it('refuses to be without somebody to write to', () => {
    expect(refusalOf({ ...production, pager: undefined })).toBe(
      'stages/x.ts: pager is missing: expected { email }: production refuses to be without somebody to write to.',
    );
    expect(refusalOf({ ...staging, pager: undefined })).toBe('accepted');
  });
});
