import { deploymentRoleName } from '../names.ts';
import type { Stage } from '../stage.ts';
import type { TrailRecord } from './sample.ts';

/** Who calls, in CloudTrail's words: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
export type Identity = Readonly<Record<string, unknown>>;

export const roleSession = ({ account }: Pick<Stage, 'account'>, role: string, session: string): Identity => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLE:${session}`,
  arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
  accountId: account,
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${account}:role/${role}`, accountId: account, userName: role },
    attributes: { mfaAuthenticated: 'false' },
  },
});

/** CloudFormation, with the role of deployments. */
export const deployment = (stage: Stage): Identity => ({
  ...roleSession(stage, deploymentRoleName(stage), 'AWSCloudFormation'),
  invokedBy: 'cloudformation.amazonaws.com',
});

export const administrator = (stage: Stage): Identity => roleSession(stage, 'Administrators', 'somebody');

export const iamUser = ({ account }: Stage, userName: string): Identity => ({
  type: 'IAMUser',
  principalId: 'AIDAEXAMPLE',
  arn: `arn:aws:iam::${account}:user/${userName}`,
  accountId: account,
  userName,
});

export const rootUser = ({ account }: Stage): Identity => ({
  type: 'Root',
  principalId: account,
  arn: `arn:aws:iam::${account}:root`,
  accountId: account,
});

export const awsService = (invokedBy: string): Identity => ({ type: 'AWSService', invokedBy });

/** A record with what every record has. `call` is `iam:PutRolePolicy`. */
export const record = (stage: Stage, call: string, by: Identity, more: TrailRecord = {}): TrailRecord => {
  const [service, eventName] = call.split(':');
  return {
    eventVersion: '1.11',
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: stage.region,
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2.31.0',
    eventType: 'AwsApiCall',
    eventCategory: 'Management',
    managementEvent: true,
    readOnly: /^(Get|List|Describe|Head|Assume|Decrypt|Generate)/.test(String(eventName)),
    recipientAccountId: stage.account,
    userIdentity: by,
    ...more,
  };
};

/** A call on what a table or a function holds. */
export const dataRecord = (stage: Stage, call: string, by: Identity, more: TrailRecord = {}): TrailRecord =>
  record(stage, call, by, { eventCategory: 'Data', managementEvent: false, ...more });

/** A sign-in to the console, recorded in us-east-1. */
export const signIn = (stage: Stage, by: Identity, outcome: 'Success' | 'Failure', mfa: 'Yes' | 'No'): TrailRecord =>
  record(stage, 'signin:ConsoleLogin', by, {
    awsRegion: 'us-east-1',
    eventType: 'AwsConsoleSignIn',
    readOnly: false,
    additionalEventData: { MFAUsed: mfa, LoginTo: 'https://console.aws.amazon.com/console/home', MobileVersion: 'No' },
    responseElements: { ConsoleLogin: outcome },
    ...(outcome === 'Failure' && { errorMessage: 'Failed authentication' }),
  });
