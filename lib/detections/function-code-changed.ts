import { defineDetection } from '../detecting/detection.ts';
import { is, notByDeployment, oneOf, pattern, succeeded } from '../detecting/patterns.ts';
import { administrator, deployment, record } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';
import { functionName, logGroupName } from '../names.ts';

/** CloudTrail ends the names of Lambda's calls with the version of the API: `UpdateFunctionCode20150331v2`. */
const changes = [
  'UpdateFunctionCode*',
  'UpdateFunctionConfiguration*',
  'AddPermission*',
  'CreateFunctionUrlConfig*',
  'UpdateFunctionUrlConfig*',
  'CreateEventSourceMapping*',
  'UpdateEventSourceMapping*',
  'DeleteFunction*',
];

/** Functions hold the rights to customers' data; and the pager and the archive are functions. */
export const functionCodeChanged = defineDetection({
  name: 'function-code-changed',
  title: "A function's code, configuration or who may invoke it was changed outside the deployment.",
  severity: 'critical',
  technique: { id: 'T1578', name: 'Modify Cloud Compute Infrastructure' },
  impact: "Code that nobody reviewed may now act with a function's rights on customers' data.",
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'trail')} --since 30m --filter-pattern '{ $.eventSource = "lambda.amazonaws.com" && $.readOnly IS FALSE }'`,
  closes: 'person',
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: (stage) =>
    filtersTrail(
      'function-code-changed',
      pattern(
        is('eventSource', 'lambda.amazonaws.com'),
        oneOf('eventName', changes),
        is('requestParameters.functionName', `*ringfence-${stage.name}-*`),
        succeeded,
        notByDeployment(stage),
      ),
    ),
  samples: (stage) => {
    const name = functionName(stage, { name: 'catalog' });
    const arn = `arn:aws:lambda:${stage.region}:${stage.account}:function:${name}`;
    const happened = (call: string, by: Parameters<typeof record>[2], functionName: string, more = {}) =>
      once({ trail: record(stage, `lambda:${call}`, by, { requestParameters: { functionName }, ...more }) });
    return {
      hits: [
        sample('new code', happened('UpdateFunctionCode20150331v2', administrator(stage), name)),
        sample(
          'another environment, by ARN',
          happened('UpdateFunctionConfiguration20150331v2', administrator(stage), arn),
        ),
        sample('somebody else may invoke it', happened('AddPermission20150331v2', administrator(stage), name)),
      ],
      misses: [sample('a deployment', happened('UpdateFunctionCode20150331v2', deployment(stage), name))],
      nearMisses: [
        sample(
          'a function of somebody else',
          happened('UpdateFunctionCode20150331v2', administrator(stage), 'billing-report'),
        ),
        sample('its code is read', happened('GetFunction20150331v2', administrator(stage), name)),
        sample(
          'an attempt that was refused',
          happened('UpdateFunctionCode20150331v2', administrator(stage), name, { errorCode: 'AccessDenied' }),
        ),
      ],
    };
  },
});
