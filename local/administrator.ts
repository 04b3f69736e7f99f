import type { Role } from './aws/world.ts';

export const administratorName = 'LocalAdministrator';

/** The role behind a developer's command line. Its identity policy allows everything; key policies still bind it. */
export const administratorRole = (account: string): Role => ({
  name: administratorName,
  arn: `arn:aws:iam::${account}:role/${administratorName}`,
  trust: { Version: '2012-10-17', Statement: { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' } },
  policies: [
    { Id: administratorName, Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  ],
  tags: {},
  maxSessionSeconds: 43_200,
});
