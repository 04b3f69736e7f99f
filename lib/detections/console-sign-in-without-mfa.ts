import { defineDetection } from '../detecting/detection.ts';
import { any, is, isMissing, isNot, oneOf, pattern } from '../detecting/patterns.ts';
import { administrator, iamUser, signIn } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

/** After CIS AWS Foundations 4.2. Who signs in through an identity provider gives the second factor there. */
export const consoleSignInWithoutMfa = defineDetection({
  name: 'console-sign-in-without-mfa',
  title: 'An IAM user signed in to the console without a second factor.',
  severity: 'error',
  technique: { id: 'T1078.004', name: 'Cloud Accounts' },
  impact: "Somebody with no more than a password or an access key is in the account that holds customers' data.",
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'trail')} --since 30m --filter-pattern '{ $.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed = "No" }'`,
  closes: 'person',
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: () =>
    filtersTrail(
      'console-sign-in-without-mfa',
      pattern(
        is('eventName', 'ConsoleLogin'),
        // A federated session is made with a user's access keys.
        oneOf('userIdentity.type', ['IAMUser', 'FederatedUser']),
        is('responseElements.ConsoleLogin', 'Success'),
        any(isMissing('additionalEventData.MFAUsed'), isNot('additionalEventData.MFAUsed', 'Yes')),
      ),
    ),
  samples: (stage) => {
    const ada = iamUser(stage, 'ada');
    return {
      hits: [
        sample('a user with a password', once({ trail: signIn(stage, ada, 'Success', 'No') })),
        sample(
          "with a user's access keys, through GetFederationToken",
          once({ trail: signIn(stage, { ...ada, type: 'FederatedUser' }, 'Success', 'No') }),
        ),
      ],
      misses: [sample('a user with a second factor', once({ trail: signIn(stage, ada, 'Success', 'Yes') }))],
      nearMisses: [
        sample('a password that was wrong', once({ trail: signIn(stage, ada, 'Failure', 'No') })),
        sample(
          'a role, through an identity provider',
          once({ trail: signIn(stage, administrator(stage), 'Success', 'No') }),
        ),
      ],
    };
  },
});
