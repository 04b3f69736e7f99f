import { defineDetection } from '../detecting/detection.ts';
import { all, any, is, notByDeployment, oneOf, pattern, succeeded } from '../detecting/patterns.ts';
import { administrator, deployment, record } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';
import { functionName, logGroupName, roleArn } from '../names.ts';

/** CloudTrail ends the names of Lambda's calls with the version of the API: `UpdateFunctionCode20150331v2`. */
const changes = [
  // Its code, configuration, URL, and where its failures go.
  'UpdateFunction*',
  'CreateFunctionUrlConfig*',
  'PutFunctionEventInvokeConfig*',
  'DeleteFunctionEventInvokeConfig*',
  // Itself. Its concurrency is what an on-call changes to stop it, and to let it run again.
  'DeleteFunction2*',
  'AddPermission*',
  'RemovePermission*',
  'CreateEventSourceMapping*',
  'UpdateEventSourceMapping*',
  'DeleteEventSourceMapping*',
];
/** Any function may be given a role that Lambda may assume: what has one of ours is ours, whatever its name. */
const takesRole = ['CreateFunction2*', 'UpdateFunctionConfiguration*'];

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
        succeeded,
        notByDeployment(stage),
        any(
          all(
            oneOf('eventName', changes),
            // A change of an event source mapping names the mapping alone; the answer names its function.
            any(
              is('requestParameters.functionName', `*ringfence-${stage.name}-*`),
              is('responseElements.functionArn', `*:function:ringfence-${stage.name}-*`),
            ),
          ),
          all(oneOf('eventName', takesRole), is('requestParameters.role', `*:role/ringfence-${stage.name}-*`)),
        ),
      ),
    ),
  samples: (stage) => {
    const name = functionName(stage, { name: 'catalog' });
    const arn = `arn:aws:lambda:${stage.region}:${stage.account}:function:${name}`;
    const happened = (call: string, by: Parameters<typeof record>[2], functionName: string, more = {}) =>
      once({ trail: record(stage, `lambda:${call}`, by, { requestParameters: { functionName }, ...more }) });
    const role = roleArn(stage, name);
    const happenedWith = (call: string, functionName: string, role: string) =>
      once({
        trail: record(stage, `lambda:${call}`, administrator(stage), { requestParameters: { functionName, role } }),
      });
    return {
      hits: [
        sample('new code', happened('UpdateFunctionCode20150331v2', administrator(stage), name)),
        sample(
          'another environment, by ARN',
          happened('UpdateFunctionConfiguration20150331v2', administrator(stage), arn),
        ),
        sample('somebody else may invoke it', happened('AddPermission20150331v2', administrator(stage), name)),
        sample('deleted', happened('DeleteFunction20150331', administrator(stage), name)),
        sample('its failures go nowhere', happened('PutFunctionEventInvokeConfig', administrator(stage), name)),
        sample(
          'its stream switched off, by the id of the mapping',
          once({
            trail: record(stage, 'lambda:UpdateEventSourceMapping20150331', administrator(stage), {
              requestParameters: { uUID: 'fe0e1d2c', enabled: false },
              responseElements: { uUID: 'fe0e1d2c', functionArn: arn, state: 'Disabling' },
            }),
          }),
        ),
        sample('another function with its role', happenedWith('CreateFunction20150331', 'report', role)),
        sample(
          'its role given to another function',
          happenedWith('UpdateFunctionConfiguration20150331v2', 'report', role),
        ),
      ],
      misses: [sample('a deployment', happened('UpdateFunctionCode20150331v2', deployment(stage), name))],
      nearMisses: [
        sample(
          'a function of somebody else',
          happened('UpdateFunctionCode20150331v2', administrator(stage), 'billing-report'),
        ),
        sample('its code is read', happened('GetFunction20150331v2', administrator(stage), name)),
        sample(
          'an on-call stops it, and lets it run again',
          happened('PutFunctionConcurrency20171031', administrator(stage), name),
          happened('DeleteFunctionConcurrency20171031', administrator(stage), name),
        ),
        sample(
          'a function of somebody else, with a role of theirs',
          happenedWith('CreateFunction20150331', 'report', `arn:aws:iam::${stage.account}:role/report`),
        ),
        sample(
          'an attempt that was refused',
          happened('UpdateFunctionCode20150331v2', administrator(stage), name, { errorCode: 'AccessDenied' }),
        ),
      ],
    };
  },
});
