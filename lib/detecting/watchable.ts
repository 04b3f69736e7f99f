import { CfnRestApi, CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { App } from 'aws-cdk-lib/core';
import { accessLogFields } from '../constructs/access-log.ts';
import type { Stage } from '../stage.ts';
import { filesAround, type Surroundings } from './check-detections.ts';
import { functionSources } from './emitted.ts';

/** What the stacks of this app have that can be watched, and what stands in this checkout. */
export const surroundingsOf = (app: App, stage: Stage): Surroundings => {
  const made: readonly unknown[] = app.node.findAll();
  const names = <T>(isOne: (value: unknown) => value is T, nameOf: (one: T) => string | undefined) =>
    new Set(made.filter(isOne).map((one) => nameOf(one) ?? ''));
  return {
    ...filesAround(),
    stage,
    sources: functionSources(),
    accessFields: new Set(Object.keys(accessLogFields)),
    named: {
      FunctionName: names(
        (one) => one instanceof CfnFunction,
        ({ functionName }) => functionName,
      ),
      QueueName: names(
        (one) => one instanceof CfnQueue,
        ({ queueName }) => queueName,
      ),
      LogGroupName: names(
        (one) => one instanceof CfnLogGroup,
        ({ logGroupName }) => logGroupName,
      ),
      ApiName: names(
        (one) => one instanceof CfnRestApi,
        ({ name }) => name,
      ),
      Stage: names(
        (one) => one instanceof CfnStage,
        ({ stageName }) => stageName,
      ),
    },
  };
};
