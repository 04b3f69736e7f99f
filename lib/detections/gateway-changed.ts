import { defineDetection } from '../detecting/detection.ts';
import { all, any, is, isFalse, notByDeployment, oneOf, pattern, succeeded } from '../detecting/patterns.ts';
import { administrator, deployment, iamUser, record } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';

/** Of the web ACL. Its list of blocked addresses is the on-call's. */
const ofWebAcl = ['*WebACL', '*RuleGroup', '*LoggingConfiguration'];

/**
 * Every credential passes the gateway. Functions refuse what nobody signed, whatever stands before them; where the
 * gateway sends a call, and what it asks before, only the deployment says.
 */
export const gatewayChanged = defineDetection({
  name: 'gateway-changed',
  title: 'The gateway, its authorizer or its web ACL was changed outside the deployment.',
  severity: 'critical',
  technique: { id: 'T1557', name: 'Adversary-in-the-Middle' },
  impact: "Customers' calls, with their tokens, may be answered or read by somebody else.",
  firstCommand: (stage) =>
    `aws cloudtrail lookup-events --region ${stage.region} --lookup-attributes AttributeKey=EventSource,AttributeValue=apigateway.amazonaws.com --max-results 20`,
  closes: 'person',
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: (stage) =>
    filtersTrail(
      'gateway-changed',
      pattern(
        isFalse('readOnly'),
        any(
          is('eventSource', 'apigateway.amazonaws.com'),
          all(is('eventSource', 'wafv2.amazonaws.com'), oneOf('eventName', ofWebAcl)),
        ),
        succeeded,
        notByDeployment(stage),
      ),
    ),
  samples: (stage) => {
    const happened = (call: string, by = administrator(stage), more = {}) =>
      once({ trail: record(stage, call, by, { requestParameters: { restApiId: 'abcde12345' }, ...more }) });
    return {
      hits: [
        sample("a route to somebody's own server", happened('apigateway:PutIntegration')),
        sample('a route without its authorizer', happened('apigateway:UpdateMethod', iamUser(stage, 'ada'))),
        sample('another authorizer', happened('apigateway:UpdateAuthorizer')),
        sample('what was changed goes live', happened('apigateway:CreateDeployment')),
        sample('its domain leads elsewhere', happened('apigateway:UpdateBasePathMapping')),
        sample('the web ACL taken away', happened('wafv2:DisassociateWebACL')),
      ],
      misses: [
        sample(
          'a deployment',
          happened('apigateway:PutRestApi', deployment(stage)),
          happened('apigateway:CreateDeployment', deployment(stage)),
          happened('wafv2:UpdateWebACL', deployment(stage)),
        ),
        sample('it is looked at', happened('apigateway:GetRestApis'), happened('wafv2:GetWebACL')),
      ],
      nearMisses: [
        sample(
          'an attempt that was refused',
          happened('apigateway:PutIntegration', administrator(stage), { errorCode: 'AccessDenied' }),
        ),
        sample('an on-call blocks an address', happened('wafv2:UpdateIPSet')),
      ],
    };
  },
});
