import { defineDetection } from '../detecting/detection.ts';
import { is, isNot, oneOf, pattern } from '../detecting/patterns.ts';
import { administrator, awsService, dataRecord, record } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';
import { functionName, logGroupName } from '../names.ts';

/**
 * Gateway, topic and stream invoke as AWS services, and operators come through a function URL, which is a call of its
 * own name. Whoever else invokes wrote the event themselves: also who the operator is, when it is their function.
 */
export const functionInvokedDirectly = defineDetection({
  name: 'function-invoked-directly',
  title: 'Somebody invoked a function directly, with an event of their own making.',
  severity: 'error',
  technique: { id: 'T1648', name: 'Serverless Execution' },
  impact:
    'Somebody with AWS credentials is past the gateway; functions for customers refuse them, that of operators may not.',
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'trail')} --since 30m --filter-pattern '{ $.eventSource = "lambda.amazonaws.com" && $.eventCategory = "Data" }'`,
  closes: 'person',
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: () =>
    filtersTrail(
      'function-invoked-directly',
      pattern(
        is('eventSource', 'lambda.amazonaws.com'),
        is('eventCategory', 'Data'),
        oneOf('eventName', ['Invoke', 'InvokeAsync*', 'InvokeWithResponseStream']),
        isNot('userIdentity.type', 'AWSService'),
      ),
    ),
  samples: (stage) => {
    const invoked = (eventName: string, by: Parameters<typeof record>[2], name = 'catalog') =>
      once({
        trail: dataRecord(stage, `lambda:${eventName}`, by, {
          resources: [
            {
              accountId: stage.account,
              type: 'AWS::Lambda::Function',
              ARN: `arn:aws:lambda:${stage.region}:${stage.account}:function:${functionName(stage, { name })}`,
            },
          ],
        }),
      });
    return {
      hits: [
        sample('a function of customers', invoked('Invoke', administrator(stage))),
        sample("the operators' function, past its URL", invoked('Invoke', administrator(stage), 'operators')),
      ],
      misses: [sample('the topic invokes the pager', invoked('Invoke', awsService('sns.amazonaws.com'), 'pager'))],
      nearMisses: [
        sample('an operator, through the URL', invoked('InvokeFunctionUrl', administrator(stage), 'operators')),
        sample(
          'its code is read',
          once({ trail: record(stage, 'lambda:GetFunction20150331v2', administrator(stage)) }),
        ),
      ],
    };
  },
});
