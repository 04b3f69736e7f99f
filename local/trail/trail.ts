import type { Properties } from '../aws/world.ts';
import type { JsonObject } from '../template/json.ts';

/** CloudTrail: what the selectors of the template's trails would record on AWS, and no more. */
export interface Trail {
  /** AWS::CloudTrail::Trail. */
  addTrail(properties: Properties): { readonly ref: string; readonly arn: string };
  /**
   * A record that happened, in CloudTrail's own shape: kept when a trail is logging and its selectors match, then
   * written to its log group and, when a management event, put on the event bus as "AWS API Call via CloudTrail".
   */
  happened(record: JsonObject): void;
}
