import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { App, Stack } from 'aws-cdk-lib/core';
import { functions } from '../../../lambdas/functions.ts';
import { withBundles } from '../../../lib/constructs/bundle.ts';
import { LambdaFunction } from '../../../lib/constructs/lambda-function.ts';
import { Paging } from '../../../lib/constructs/paging.ts';
import { findStage } from '../../../lib/find-stage.ts';
import { Foundation } from '../../../lib/stacks/foundation.ts';

/** The metric that fires the alarm of each of these detections in this assembly. */
export const alarmed = ['tenant-boundary-touched', 'api-slow'] as const;
export const metricOf = (name: (typeof alarmed)[number]) => ({ namespace: 'Test', name, dimensions: {} });

/** Foundation, pager and two alarms of a metric that the test feeds: the way from an alarm to the on-call, alone. */
export const synthPager = (outdir: string): string => {
  process.env.CDK_VALIDATION = 'false';
  const stage = findStage('local');
  const app = new App({ outdir, analyticsReporting: false });
  app.node.setContext('@aws-cdk/core:defaultCrossStackReferences', 'strong');
  const { keys, logsKey, pagingKey: key } = new Foundation(app, stage);
  const env = { account: stage.account, region: stage.region };
  const stack = new Stack(app, 'paging', { stackName: 'ringfence-local-paging', env });
  withBundles(stage, (folderOf) => {
    for (const spec of functions.filter(({ entrance }) => entrance.by === 'alarms')) {
      const code = Code.fromAsset(folderOf(spec));
      const lambda = new LambdaFunction(stack, { stage, spec, code, keys, logsKey });
      const { topic } = new Paging(stack, { stage, key, spec, pager: lambda.function });
      for (const name of alarmed)
        new CfnAlarm(stack, `Alarm${name}`, {
          alarmName: `ringfence-local-${name}`,
          ...{ namespace: 'Test', metricName: name, statistic: 'Sum', period: 60 },
          ...{ evaluationPeriods: 1, threshold: 0, comparisonOperator: 'GreaterThanThreshold' },
          treatMissingData: 'notBreaching',
          ...{ alarmActions: [topic.topicArn], okActions: [topic.topicArn] },
        });
    }
  });
  return app.synth().directory;
};
