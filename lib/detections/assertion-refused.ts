import { defineDetection } from '../detecting/detection.ts';
import { failedAuthentication, reported } from '../detecting/lines.ts';
import { once, sample } from '../detecting/sample.ts';
import { atTheFirst, countsSecurityEvents } from '../detecting/signals.ts';

/** Every call that comes through the gateway brings what the authorizer signed. */
export const assertionRefused = defineDetection({
  name: 'assertion-refused',
  title: 'A function was invoked past the authorizer.',
  severity: 'critical',
  technique: { id: 'T1550', name: 'Use Alternate Authentication Material' },
  impact:
    'Somebody with rights in the AWS account, or a route without its authorizer, called as a customer; it was refused.',
  firstCommand: (stage) =>
    `aws cloudtrail lookup-events --region ${stage.region} --lookup-attributes AttributeKey=EventSource,AttributeValue=apigateway.amazonaws.com --max-results 20`,
  closes: 'person',
  delay: 'seconds: embedded metrics',
  signal: () => countsSecurityEvents('AssertionRefused', atTheFirst),
  samples: () => ({
    hits: [
      sample('an assertion that nobody signed', once(reported({ event: 'assertion-refused', reason: 'signature' }))),
      sample(
        "a call of the operators' function without an operator",
        once(reported({ event: 'assertion-refused', reason: 'no operator' }, 'operators')),
      ),
    ],
    misses: [sample('a token that the authorizer refused', once(failedAuthentication()))],
    nearMisses: [
      sample(
        'a credential that was revoked since',
        once({ ...failedAuthentication({ reason: 'revoked' }), from: 'tokens' }),
      ),
    ],
  }),
});
