import type { Attack } from '../attack.ts';

export const rootUsed: Attack = {
  name: 'root-used',
  story: "Somebody signs in as the account's root user.",
  detection: 'root-used',
  needs: 'twin',
  play: async ({ inside, account }) => {
    await inside.record({
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      eventType: 'AwsConsoleSignIn',
      userIdentity: { type: 'Root', principalId: account, arn: `arn:aws:iam::${account}:root`, accountId: account },
      sourceIPAddress: '203.0.113.9',
      additionalEventData: { MFAUsed: 'Yes' },
      responseElements: { ConsoleLogin: 'Success' },
    });
    return 'a record of it reached the trail, as AWS would write it';
  },
};
