import type { ObservedCall } from '../aws/observed-call.ts';
import type { Facts } from './facts.ts';
import { type Sorted, sorted } from './operations.ts';

/** What selectors ask of an SDK call. */
export const factsOfCall = (call: ObservedCall): Facts => {
  const kind = sorted(call.service, call.operation);
  return {
    ...kind,
    eventSource: sourceOf(call.service),
    eventType: 'AwsApiCall',
    userArn: call.caller.principal.arn,
    resourceArns: () => resourceArnsOf(call, kind),
  };
};

export const sourceOf = (service: string): string => `${service}.amazonaws.com`;

/** What the call was authorized for, as CloudTrail names it: an index counts as its table, a listing as its prefix. */
export const resourceArnsOf = ({ resources, input }: ObservedCall, { resourceType }: Sorted): readonly string[] => {
  const distinct = [...new Set(resources.map((arn) => arn.replace(/\/index\/[^/]*$/, '')))];
  if (resourceType !== 'AWS::S3::Object') return distinct;
  const objects = distinct.filter((arn) => arn.includes('/'));
  if (objects.length > 0) return objects;
  const query = input.query as { readonly prefix?: string } | undefined;
  return distinct.map((bucket) => `${bucket}/${query?.prefix ?? ''}`);
};
