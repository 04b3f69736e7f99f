import type { JsonObject } from '../template/json.ts';
import type { Facts } from './facts.ts';

/** An invocation by an AWS service has no ARN of a caller: selectors by `userIdentity.arn` see that it is absent. */
export const factsOfInvocation = (functionArn: string): Facts => ({
  category: 'Data',
  eventSource: 'lambda.amazonaws.com',
  eventName: 'Invoke',
  eventType: 'AwsApiCall',
  readOnly: false,
  resourceType: 'AWS::Lambda::Function',
  resourceArns: () => [functionArn],
});

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html */
export const recordOfInvocation = (service: string, functionArn: string, accountId: string): JsonObject => ({
  eventSource: 'lambda.amazonaws.com',
  eventName: 'Invoke',
  userIdentity: { type: 'AWSService', invokedBy: service },
  sourceIPAddress: service,
  userAgent: service,
  requestParameters: { functionName: functionArn },
  resources: [{ accountId, type: 'AWS::Lambda::Function', ARN: functionArn }],
});
