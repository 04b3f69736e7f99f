/** `npm start`: this machine. Its account is nobody's, so that no deploy can succeed. Whatever it keeps may be lost. */
export const local = {
  name: 'local',
  account: '000000000000',
  region: 'us-east-1',
  architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
  throttling: { ratePerSecond: 1000, burst: 500 },
  revokeToDenySeconds: 30,
  assertionSeconds: 300,
  bcryptCost: { token: 10 },
  logRetentionDays: 1,
  auditRetentionDays: 365,
  deletionProtection: false,
  retain: false,
  pointInTimeRecovery: false,
  tlsPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
};
