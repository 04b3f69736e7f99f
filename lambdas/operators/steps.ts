/** How a tenant comes to be. Each step can be repeated after a crash at any point, and says why it is there. */
export const steps = {
  reserved: 'The slug names one tenant for ever, and a repeated command finds the same ids.',
  keyed: 'What this tenant seals is sealed under a data key of its own.',
  provisioned: 'Status, first owner and audit event come into being together or not at all.',
  'token-issued': 'The first owner needs a way in. It is shown once and kept as a hash.',
  'handed-over': 'The operator has confirmed to have the token: from now on no repeat issues another.',
} as const;

export type StepName = keyof typeof steps;
export const stepNames = Object.keys(steps) as [StepName, ...StepName[]];

export const isAtLeast = (step: StepName, wanted: StepName): boolean =>
  stepNames.indexOf(step) >= stepNames.indexOf(wanted);
