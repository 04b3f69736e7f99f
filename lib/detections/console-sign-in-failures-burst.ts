import { defineDetection } from '../detecting/detection.ts';
import { is, pattern } from '../detecting/patterns.ts';
import { iamUser, signIn } from '../detecting/records.ts';
import { sample, times } from '../detecting/sample.ts';
import { atLeast, filtersTrail } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

/** After CIS AWS Foundations 4.6. */
export const consoleSignInFailuresBurst = defineDetection({
  name: 'console-sign-in-failures-burst',
  title: 'Many sign-ins to the AWS console failed.',
  severity: 'warning',
  technique: { id: 'T1110', name: 'Brute Force' },
  impact: 'Somebody may be guessing the password of a person who administers the account.',
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'trail')} --since 1h --filter-pattern '{ $.eventName = "ConsoleLogin" && $.responseElements.ConsoleLogin = "Failure" }'`,
  closes: 'person',
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: () =>
    filtersTrail(
      'console-sign-in-failures-burst',
      // Its message differs where the name is of nobody.
      pattern(is('eventName', 'ConsoleLogin'), is('responseElements.ConsoleLogin', 'Failure')),
      atLeast(10, 900),
    ),
  samples: (stage) => {
    const signIns = (count: number, seconds: number, outcome: 'Success' | 'Failure') =>
      times(count, seconds, () => ({ trail: signIn(stage, iamUser(stage, 'ada'), outcome, 'No') }));
    return {
      hits: [
        sample('ten in a minute', signIns(10, 50, 'Failure')),
        sample(
          'ten names that nobody has',
          times(10, 50, () => ({
            trail: {
              ...signIn(stage, iamUser(stage, 'HIDDEN_DUE_TO_SECURITY_REASONS'), 'Failure', 'No'),
              errorMessage: 'No username found in supplied account',
            },
          })),
        ),
      ],
      misses: [sample('a person who types badly', signIns(3, 60, 'Failure'))],
      nearMisses: [
        sample('nine in a minute', signIns(9, 50, 'Failure')),
        sample('ten in three hours', signIns(10, 10_800, 'Failure')),
        sample('ten that succeed', signIns(10, 50, 'Success')),
      ],
    };
  },
});
