import { functions } from '../../lambdas/functions.ts';
import { logGroupName } from '../names.ts';
import type { Stage } from '../stage.ts';

interface Filter {
  readonly Match: string;
  readonly In?: readonly string[];
  readonly NotIn?: readonly string[];
  readonly StartsWith?: readonly string[];
  readonly IsPresent?: boolean;
}

interface InsightRule {
  /** What it counts, in words. */
  readonly counts: string;
  /** What its keys are, in words. */
  readonly by: readonly string[];
  /** Log groups it reads: those of every function, or one of another purpose. */
  readonly reads: 'functions' | 'access' | 'trail';
  readonly keys: readonly string[];
  readonly filters: readonly Filter[];
}

const isSecurity = (event: string): readonly Filter[] => [
  { Match: '$.message', In: ['security'] },
  { Match: '$.event', In: [event] },
];
const named: Filter = { Match: '$.tenant', IsPresent: true };

/**
 * Who does it, or whom it hits, without a metric for each tenant or address: Contributor Insights rules. A missing key
 * keeps a line from counting.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/ContributorInsights-RuleSyntax.html
 */
export const insightRules = {
  'authentication-failures-by-tenant': {
    counts: 'failed authentications',
    by: ['tenant'],
    reads: 'functions',
    keys: ['$.tenant'],
    filters: [...isSecurity('authentication-failed'), named],
  },
  'authentication-failures-by-reason': {
    counts: 'failed authentications',
    by: ['reason'],
    reads: 'functions',
    keys: ['$.reason'],
    filters: isSecurity('authentication-failed'),
  },
  'authentication-failures-by-address': {
    counts: 'calls answered 401',
    by: ['address'],
    reads: 'access',
    keys: ['$.ip'],
    filters: [{ Match: '$.status', In: ['401'] }],
  },
  'revoked-credentials-by-tenant': {
    counts: 'uses of a revoked credential',
    by: ['tenant', 'credential'],
    reads: 'functions',
    keys: ['$.tenant', '$.credential'],
    filters: [...isSecurity('authentication-failed'), { Match: '$.reason', In: ['revoked'] }],
  },
  'boundary-touches-by-tenant': {
    counts: 'refusals by IAM or a key policy',
    by: ['tenant', 'action'],
    reads: 'functions',
    keys: ['$.tenant', '$.action'],
    filters: [...isSecurity('tenant-boundary-touched'), named],
  },
  'refusals-by-principal': {
    counts: 'routes refused',
    by: ['tenant', 'principal'],
    reads: 'functions',
    keys: ['$.tenant', '$.principal'],
    // The metric counts every refusal; a route that is asked again is no further route.
    filters: [...isSecurity('authorization-refused'), { Match: '$.firstOnRoute', In: ['yes'] }],
  },
  'audit-changes-by-tenant': {
    counts: 'audit events changed',
    by: ['tenant', 'what'],
    reads: 'functions',
    keys: ['$.tenant', '$.what'],
    filters: isSecurity('audit-event-changed'),
  },
  'failed-calls-by-tenant': {
    counts: 'failed calls',
    by: ['tenant'],
    reads: 'access',
    keys: ['$.tenant'],
    // `-` is what API Gateway writes where there is no value: the call failed before its tenant was known.
    filters: [
      { Match: '$.status', StartsWith: ['5'] },
      { Match: '$.tenant', NotIn: ['-'] },
    ],
  },
  'calls-refused-by-aws': {
    counts: 'AWS calls refused',
    by: ['AWS identity'],
    reads: 'trail',
    keys: ['$.userIdentity.arn'],
    filters: [
      {
        Match: '$.errorCode',
        In: ['AccessDenied', 'AccessDeniedException', 'Client.UnauthorizedOperation', 'UnauthorizedOperation'],
      },
    ],
  },
  'table-calls-by-identity': {
    counts: 'calls on tenant tables',
    by: ['AWS identity', 'call'],
    reads: 'trail',
    keys: ['$.userIdentity.arn', '$.eventName'],
    filters: [
      { Match: '$.eventSource', In: ['dynamodb.amazonaws.com'] },
      { Match: '$.eventCategory', In: ['Data'] },
    ],
  },
} as const satisfies Record<string, InsightRule>;

export type InsightRuleName = keyof typeof insightRules;
export const insightRuleNames = Object.keys(insightRules) as InsightRuleName[];

const groupsRead = (stage: Stage, { reads }: InsightRule): readonly string[] =>
  reads === 'functions' ? functions.map(({ name }) => logGroupName(stage, name)) : [logGroupName(stage, reads)];

/** The body of a rule as CloudWatch takes it. */
export const insightRuleBody = (stage: Stage, name: InsightRuleName) => {
  const rule: InsightRule = insightRules[name];
  return {
    Schema: { Name: 'CloudWatchLogRule', Version: 1 },
    LogGroupNames: groupsRead(stage, rule),
    LogFormat: 'JSON',
    Contribution: { Keys: rule.keys, Filters: rule.filters },
    AggregateOn: 'Count',
  };
};
