import type { Properties } from '../aws/world.ts';
import type { JsonObject } from '../template/json.ts';

/** CloudTrail: what the selectors of the template's trails would record on AWS, and no more. */
export interface Trail {
  /** AWS::CloudTrail::Trail. `TrailName` must be given. Throws `TwinError` for what CloudTrail would refuse. */
  addTrail(properties: Properties): { readonly ref: string; readonly arn: string };
  /**
   * A record that happened, in CloudTrail's own shape; what it leaves out is completed. Kept when a trail is logging and
   * its selectors match, then written to its log group and, when a management event that changes something, put on the
   * event bus as "AWS API Call via CloudTrail". Gives the record as it was kept.
   */
  happened(record: JsonObject): JsonObject | undefined;
  /** An AWS service invoked a function for one of its resources. */
  invoked(service: string, functionArn: string): void;
}
