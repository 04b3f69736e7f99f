import type { JsonObject } from '../template/json.ts';

/** What other parts of the twin send through SNS and EventBridge. Policies of topic, queue, function and key decide. */
export interface Messaging {
  /**
   * Publishes to a topic as an AWS service does for one of its resources. A refusal by the topic's policy or its key is
   * told on standard error and in the calls journal, and loses the message, as on AWS.
   * @param service `cloudwatch.amazonaws.com`
   */
  publishAs(
    service: string,
    topicArn: string,
    message: { readonly subject?: string; readonly body: string },
    sourceArn: string,
  ): Promise<void>;
  /** An event on the default bus: matched against every rule. */
  putEvent(event: JsonObject): Promise<void>;
}
