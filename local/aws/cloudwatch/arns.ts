import type { Room } from './cloudwatch.ts';

/** Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html */
export const alarmArn = ({ world: { account, region } }: Room, name: string): string =>
  `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;

export const insightRuleArn = ({ world: { account, region } }: Room, name: string): string =>
  `arn:aws:cloudwatch:${region}:${account}:insight-rule/${name}`;
