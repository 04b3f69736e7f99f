import type { Attack } from '../attack.ts';

export const trailTampered: Attack = {
  name: 'trail-tampered',
  story: 'An administrator stops the trail before doing something else.',
  detection: 'trail-changed',
  needs: 'twin',
  play: async ({ inside, account, region, stage }) => {
    const role = `arn:aws:iam::${account}:role/Administrators`;
    await inside.record({
      eventSource: 'cloudtrail.amazonaws.com',
      eventName: 'StopLogging',
      eventType: 'AwsApiCall',
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::${account}:assumed-role/Administrators/somebody`,
        accountId: account,
        sessionContext: { sessionIssuer: { type: 'Role', arn: role, accountId: account, userName: 'Administrators' } },
      },
      sourceIPAddress: '203.0.113.9',
      requestParameters: { name: `arn:aws:cloudtrail:${region}:${account}:trail/ringfence-${stage}` },
    });
    return 'a record of it reached the trail, as AWS would write it';
  },
};
