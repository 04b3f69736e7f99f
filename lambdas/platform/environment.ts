/** A value the construct put into the function's environment. Missing means a broken deployment: refuse to start. */
const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`Environment variable ${name} is not set. lib/constructs/lambda-function.ts sets it.`);
  return value;
};
const count = (name: string): number => {
  const value = Number(required(name));
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`Environment variable ${name} is not a whole number.`);
  return value;
};

/** Read when first needed, so that loading a bundle never depends on where it runs. */
export const environment = {
  stage: () => required('STAGE'),
  /** Lambda sets it. */
  region: () => required('AWS_REGION'),
  tenantRole: () => required('TENANT_ROLE'),
  signingKey: () => required('SIGNING_KEY'),
  sealingKey: () => required('SEALING_KEY'),
  assertionSeconds: () => count('ASSERTION_SECONDS'),
  tokenCost: () => count('TOKEN_COST'),
  trailBucket: () => required('TRAIL_BUCKET'),
  recoveryDays: () => count('RECOVERY_DAYS'),
  auditRetentionDays: () => count('AUDIT_RETENTION_DAYS'),
};
