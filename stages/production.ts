/** What customers use. It refuses to synthesize without deletion protection, retention and point-in-time recovery. */
export const production = {
  name: 'production',
  /** An example that belongs to nobody here: write your own account id. A deploy with other credentials is refused. */
  account: '222222222222',
  region: 'eu-central-1',
  architecture: 'arm64',
  // domain: { name: 'api.example.com', certificateArn: 'arn:aws:acm:eu-central-1:222222222222:certificate/…' },
  waf: { ratePerAddress: 2000 },
  throttling: { ratePerSecond: 1000, burst: 500 },
  revokeToDenySeconds: 30,
  assertionSeconds: 300,
  bcryptCost: { token: 10 },
  logRetentionDays: 400,
  auditRetentionDays: 400,
  trail: { lock: 'COMPLIANCE', retentionDays: 400 },
  pipelineRole: 'ringfence-pipeline',
  auditorRole: 'ringfence-auditor',
  /** Examples that belong to nobody: write an address of yours, and where your copy of docs/runbooks is served. */
  pager: { email: 'on-call@example.com' },
  runbooksUrl: 'https://runbooks.example.com',
  deletionProtection: true,
  retain: true,
  pointInTimeRecovery: true,
  tlsPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
};
