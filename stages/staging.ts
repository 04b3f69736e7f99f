/** The rehearsal of production: the same stacks and protections in an account of its own. */
export const staging = {
  name: 'staging',
  /** An example that belongs to nobody here: write your own account id. A deploy with other credentials is refused. */
  account: '111111111111',
  region: 'eu-central-1',
  architecture: 'arm64',
  // domain: { name: 'api.staging.example.com', certificateArn: 'arn:aws:acm:eu-central-1:111111111111:certificate/…' },
  waf: { ratePerAddress: 2000 },
  throttling: { ratePerSecond: 200, burst: 100 },
  revokeToDenySeconds: 30,
  assertionSeconds: 300,
  bcryptCost: { token: 10 },
  logRetentionDays: 30,
  auditRetentionDays: 90,
  /** COMPLIANCE cannot be undone: the bucket could not be emptied before its days are over. */
  trail: { lock: 'GOVERNANCE', retentionDays: 30 },
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
