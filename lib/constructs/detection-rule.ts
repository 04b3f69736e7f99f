import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Detection } from '../detecting/detection.ts';
import { alarmName, pascal } from '../names.ts';
import type { Stage } from '../stage.ts';

export interface DetectionRuleProps {
  readonly stage: Stage;
  readonly detection: Detection;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly topicArn: string;
}

/**
 * An event rule on the default bus that tells the topic which detection it is, and the event itself. EventBridge puts
 * `<event>` in as JSON: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export class DetectionRule extends CfnRule {
  constructor(scope: Construct, { stage, detection, pattern, topicArn }: DetectionRuleProps) {
    super(scope, `${pascal(detection.name)}Rule`, {
      name: alarmName(stage, detection.name),
      description: detection.title,
      state: 'ENABLED',
      eventPattern: pattern,
      targets: [
        {
          id: 'alarms',
          arn: topicArn,
          inputTransformer: {
            inputPathsMap: { event: '$' },
            inputTemplate: `{"detection":"${detection.name}","event":<event>}`,
          },
        },
      ],
    });
  }
}
