import { checks } from '../../../bin/verify/index.ts';
import { changedAssembly, type Running, runStocked, runVerify, type Template, type Verified } from './run-verify.ts';

const names = checks.map(({ name }) => name);

/** What only a real account can show, and what stage local does without. */
const notInTheTwin = [
  'stacks',
  'templates',
  'tls-versions',
  'plain-http',
  'deletion-protection',
  'point-in-time-recovery',
  'key-rotation',
  'key-policies',
  'trail-logging',
];
const needATenant = checks.filter(({ needs }) => needs === 'token' || needs === 'tokens').map(({ name }) => name);

describe('ringfence verify against the twin of this checkout', () => {
  let running: Running;
  beforeAll(async () => {
    running = await runStocked('whole');
  });
  afterAll(() => running.stop());

  it('finds every promise kept that the twin can show', async () => {
    const verified = await runVerify(['--data', running.data, '--json'], running.tokens);
    expect(verified.of('broken')).toEqual([]);
    expect(verified.of('untried')).toEqual(notInTheTwin);
    expect(verified.of('held')).toEqual(names.filter((name) => !notInTheTwin.includes(name)));
    expect(verified.exitCode).toBe(0);
  });

  it('without a token leaves untried what needs one, a line for each check', async () => {
    const { exitCode, output } = await runVerify(['--data', running.data]);
    expect(exitCode).toBe(0);
    const lines = output.split('\n').filter((line) => /^[✓✗–] /.test(line));
    expect(lines.map((line) => line.split(' ')[1])).toEqual(names);
    for (const name of needATenant) expect(output).toMatch(new RegExp(`– ${name} +put .*RINGFENCE_`));
  });

  it.each([
    ['a token that is none', { RINGFENCE_TOKEN: 'rfp_secret' }],
    ['two tokens of one tenant', 'twice'],
  ] as const)('refuses %s, and does not repeat it', async (_, given) => {
    const token = running.tokens.RINGFENCE_TOKEN ?? '';
    const env = given === 'twice' ? { RINGFENCE_TOKEN: token, RINGFENCE_OTHER_TOKEN: token } : given;
    const { exitCode, output } = await runVerify(['--data', running.data], env);
    expect(exitCode).toBe(2);
    expect(output).toMatch(/^ringfence: RINGFENCE_TOKEN .*\n$/);
    expect(output).not.toContain(env.RINGFENCE_TOKEN);
  });
});

type Statements = { Statement: { Principal: object; Action: string | string[]; Condition?: object }[] };
const propertyOf = <T>(template: Template, logicalId: string, name: string): T =>
  template.Resources[logicalId]?.Properties[name] as T;

const breaks = [
  {
    what: 'the key of a table lets the account use it',
    stack: 'ringfence-local-foundation',
    change: (template: Template) => {
      const { Statement } = propertyOf<Statements>(template, 'RecordsKey', 'KeyPolicy');
      for (const each of Statement.slice(0, 1)) each.Action = [each.Action, 'kms:Decrypt'].flat();
    },
    breaks: ['administrator-reads-no-item', 'administrator-uses-no-key'],
  },
  {
    what: 'the gateway refuses in words of its own',
    stack: 'ringfence-local-api',
    change: (template: Template) => {
      const api = Object.values(template.Resources).find(({ Type }) => Type === 'AWS::ApiGateway::RestApi');
      const body = api?.Properties.Body as { 'x-amazon-apigateway-gateway-responses': { UNAUTHORIZED?: object } };
      delete body['x-amazon-apigateway-gateway-responses'].UNAUTHORIZED;
    },
    breaks: ['no-credential', 'malformed-credential', 'unknown-credential', 'wrong-secret'],
  },
  {
    what: 'a tenant role trusts the whole account',
    stack: 'ringfence-local-api',
    change: (template: Template) => {
      const roles = Object.values(template.Resources).filter(
        ({ Properties }) => Properties?.RoleName === 'ringfence-local-catalog-tenant',
      );
      const trusts = roles.map(({ Properties }) => Properties.AssumeRolePolicyDocument as unknown as Statements);
      for (const each of trusts.flatMap(({ Statement }) => Statement)) delete each.Condition;
    },
    breaks: ['administrator-takes-no-role'],
  },
  {
    what: "the trail's bucket locks for longer than the stage says",
    stack: 'ringfence-local-foundation',
    change: (template: Template) => {
      const lock = propertyOf<{ Rule: { DefaultRetention: { Days: number } } }>(
        template,
        'TrailBucket',
        'ObjectLockConfiguration',
      );
      lock.Rule.DefaultRetention.Days = 2;
    },
    breaks: ['trail-locked'],
  },
  {
    what: "the trail's bucket lets objects of the archive be replaced",
    stack: 'ringfence-local-foundation',
    change: (template: Template) => {
      const policy = propertyOf<{ Statement: { Sid: string }[] }>(template, 'TrailBucketPolicy', 'PolicyDocument');
      policy.Statement = policy.Statement.filter(({ Sid }) => Sid !== 'NothingReplaced');
    },
    breaks: ['trail-bucket-policy'],
  },
];

describe('ringfence verify against a twin without some of its walls', () => {
  let verified: Verified;
  beforeAll(async () => {
    const changed = changedAssembly((stack, template) => {
      for (const each of breaks) if (each.stack === stack) each.change(template);
    });
    const running = await runStocked('without-walls', changed.path);
    try {
      verified = await runVerify(['--data', running.data, '--json'], running.tokens);
    } finally {
      running.stop();
      changed.remove();
    }
  });

  it.each(breaks)('says that $what: $breaks', ({ breaks: expected }) => {
    expect(verified.of('broken')).toEqual(expect.arrayContaining(expected));
  });

  it('says nothing else is broken, and ends with 1', () => {
    const expected = breaks.flatMap((each) => each.breaks);
    expect(verified.of('broken')).toEqual(names.filter((name) => expected.includes(name)));
    expect(verified.exitCode).toBe(1);
  });
});
