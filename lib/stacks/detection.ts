import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type FunctionSpec, functions } from '../../lambdas/functions.ts';
import { Archive } from '../constructs/archive.ts';
import { Dashboard } from '../constructs/dashboard.ts';
import { DetectionAlarms } from '../constructs/detection-alarms.ts';
import { LambdaFunction } from '../constructs/lambda-function.ts';
import { Paging } from '../constructs/paging.ts';
import { alarmsTopicArn } from '../names.ts';
import type { Stage } from '../stage.ts';
import type { Foundation } from './foundation.ts';

export interface DetectionProps {
  readonly stage: Stage;
  readonly foundation: Foundation;
  readonly codeOf: (spec: FunctionSpec) => Code;
}

/** What watches and tells: filters, rules, alarms, dashboard, and the functions that alarms and streams invoke. */
export class Detection extends Stack {
  constructor(scope: Construct, { stage, foundation, codeOf }: DetectionProps) {
    super(scope, 'detection', {
      stackName: `ringfence-${stage.name}-detection`,
      description: 'Ringfence: detections, alarms and paging',
      env: { account: stage.account, region: stage.region },
      terminationProtection: stage.deletionProtection,
    });
    const { logsKey, keys, pagingKey } = foundation;
    let topicArn = alarmsTopicArn(stage);
    for (const spec of functions) {
      const props = { stage, spec, code: codeOf(spec), keys, logsKey };
      if (spec.entrance.by === 'alarms') {
        const pager = new LambdaFunction(this, props).function;
        topicArn = new Paging(this, { stage, key: pagingKey, spec, pager }).topic.topicArn;
      }
      if (spec.entrance.by === 'stream')
        new Archive(this, {
          ...props,
          pagingKey,
          auditStreamArn: foundation.streamArn(spec.entrance.of),
        });
    }
    new DetectionAlarms(this, stage, topicArn);
    new Dashboard(this, stage);
  }
}
