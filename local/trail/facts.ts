/** What selectors ask of an event. Resources are looked up only when a selector asks for them. */
export interface Facts {
  readonly category: 'Management' | 'Data';
  /** `dynamodb.amazonaws.com` */
  readonly eventSource: string;
  readonly eventName: string;
  readonly eventType: string;
  readonly readOnly: boolean;
  /** Of the caller; an AWS service has none. */
  readonly userArn?: string;
  /** What kind of resource a data event is about: `AWS::DynamoDB::Table`. */
  readonly resourceType?: string;
  /** ARNs of resources of that type. */
  readonly resourceArns: () => readonly string[];
}

/** Whether a trail records an event. */
export type Selects = (facts: Facts) => boolean;
