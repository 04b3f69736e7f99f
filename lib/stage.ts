import { z } from 'zod';

/** Security policies of a Regional API that refuse anything below TLS 1.2 with forward secrecy. The default would be TLS 1.0.
 *  Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html */
const tlsPolicies = [
  'SecurityPolicy_TLS13_1_3_2025_09',
  'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09',
] as const;

/** What CloudWatch Logs accepts: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557] as const;

const one = <const T extends string | number>(values: readonly T[]) =>
  z.literal(values, { error: `expected one of ${values.join(', ')}` });
const whole = (least: number, most: number) =>
  z
    .int({ error: 'expected a whole number' })
    .min(least, `expected at least ${least}`)
    .max(most, `expected at most ${most}`);
const text = (pattern: RegExp, expected: string) =>
  z.string(`expected ${expected}`).regex(pattern, `expected ${expected}`);
const roleName = text(/^[\w+=,.@-]{1,64}$/, 'the name of an IAM role');
const yesNo = z.boolean('expected true or false');

const Values = z.strictObject({
  name: text(/^[a-z][a-z0-9-]{1,15}$/, '2 to 16 lower-case letters, digits or dashes'),
  /** The AWS account it is deployed into; each stage has its own. */
  account: text(/^\d{12}$/, 'an AWS account id, 12 digits'),
  region: text(/^(af|ap|ca|eu|il|me|mx|sa|us)-(?!gov)[a-z]+-\d$/, 'a commercial AWS region such as eu-central-1'),
  architecture: one(['x86_64', 'arm64']),
  /** Without one the API answers at its execute-api address; with one, only at the domain. */
  domain: z
    .strictObject({
      name: text(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a host name such as api.example.com'),
      certificateArn: text(/^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]+$/, 'the ARN of an ACM certificate'),
    })
    .optional(),
  /** Web ACL: requests of one address in five minutes, after which it is refused until it slows down. */
  waf: z.strictObject({ ratePerAddress: whole(10, 2_000_000_000) }).optional(),
  /** Of each route: requests a second, and how many at once. All of an account share 10,000 and 5,000 by default. */
  throttling: z.strictObject({ ratePerSecond: whole(1, 10_000), burst: whole(1, 5_000) }),
  /** The bound from revoking a token to its refusal: how long the gateway keeps an authorizer's answer. */
  revokeToDenySeconds: whole(0, 120),
  /** How long a signed assertion is good for. */
  assertionSeconds: whole(30, 900),
  bcryptCost: z.strictObject({ token: whole(10, 14) }),
  logRetentionDays: one(retentionDays),
  /** Audit events expire after this; copies of them are another matter. */
  auditRetentionDays: whole(1, 3650),
  /** Tables and stacks cannot be deleted before this is turned off. */
  deletionProtection: yesNo,
  /** Keys, tables and logs stay when their stack is deleted. */
  retain: yesNo,
  pointInTimeRecovery: yesNo,
  tlsPolicy: one(tlsPolicies),
  /** The locked bucket of the trail. In COMPLIANCE mode nobody, root included, deletes or shortens before the days are over.
   *  Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
  trail: z.strictObject({ lock: one(['GOVERNANCE', 'COMPLIANCE']), retentionDays: whole(1, 36_500) }),
  /** Who is written to beside PagerDuty and Slack, by SNS itself: it needs no code of ours. The address confirms once. */
  pager: z.strictObject({ email: z.email('expected an e-mail address') }).optional(),
  /** Where the on-call reads docs/runbooks: a web address of that folder, or the folder itself where a page is read beside it. */
  runbooksUrl: text(/^(https:\/\/[^\s/]+(\/[^\s/]+)*|docs\/runbooks)$/, 'an https address without a slash at the end'),
  /** The only IAM role that is expected to take the deployment's roles; another one that does pages. */
  pipelineRole: roleName,
  /** An IAM role that may read what the locked bucket holds, and verify it: docs/audit-trail.md. */
  auditorRole: roleName.optional(),
  /** Break glass: name of an IAM role that may restore tables, and so read them, while this stands: docs/restore.md. */
  restoreRole: roleName.optional(),
});
type Values = z.infer<typeof Values>;

/** What one value asks of another. Looked at when each is right by itself. */
const agree = (stage: Values, context: z.RefinementCtx): void => {
  const refuse = (path: readonly string[], message: string) =>
    context.addIssue({ code: 'custom', path: [...path], message, input: path.reduce<unknown>(step, stage) });
  // An assertion is reused while the gateway caches it: it must outlive the cache with room for clocks and long requests.
  const least = 2 * stage.revokeToDenySeconds + 30;
  if (stage.assertionSeconds < least)
    refuse(['assertionSeconds'], `expected at least ${least}: twice revokeToDenySeconds and 30 s`);
  if (stage.domain && !stage.domain.certificateArn.includes(`:${stage.region}:`))
    refuse(['domain', 'certificateArn'], `expected a certificate in ${stage.region}`);
  if (stage.name !== 'production') return;
  for (const guard of ['deletionProtection', 'retain', 'pointInTimeRecovery'] as const)
    if (!stage[guard]) refuse([guard], 'expected true: production refuses to be without it');
  if (!stage.pager) refuse(['pager'], 'expected { email }: production refuses to be without somebody to write to');
  if (stage.trail.lock !== 'COMPLIANCE')
    refuse(['trail', 'lock'], 'expected COMPLIANCE: production refuses a lock that somebody can open');
};

const Stage = Values.pipe(z.custom<Values>().superRefine(agree));

/** The values an operator edits, checked. What each means stands at its schema. */
export type Stage = Readonly<z.infer<typeof Stage>>;

/** A stage whose values are wrong. The message has one line for each: path, value, what was expected. */
export class StageError extends Error {}

const step = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;

const shown = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value));

/**
 * The stage, when every value is one that can be deployed.
 * @param path where the values stand, such as `stages/production.ts`.
 * @throws StageError
 */
export const parseStage = (values: unknown, path: string): Stage => {
  const parsed = Stage.safeParse(values);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.flatMap((issue) => {
    const line = (keys: readonly PropertyKey[], expected: string) =>
      `${path}: ${keys.join('.') || 'stage'} is ${shown(keys.reduce(step, values))}: ${expected}.`;
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => line([...issue.path, key], 'no such value exists; remove it'))
      : [line(issue.path, issue.message.replace(/^Invalid input: /, ''))];
  });
  throw new StageError(lines.join('\n'));
};
