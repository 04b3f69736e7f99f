import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnIPSet, CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { webAclLogGroupName } from '../key-policies/logs-key.ts';
import { logGroupArn } from '../names.ts';
import type { Stage } from '../stage.ts';
import { EncryptedLogGroup } from './encrypted-log-group.ts';

export interface WebAclProps {
  readonly stage: Stage;
  readonly ratePerAddress: number;
  /** ARN of the API's stage. */
  readonly protects: string;
  readonly logsKey: IKey;
}

const visibility = (metricName: string) => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  // Samples would show headers to whoever may read them.
  sampledRequestsEnabled: false,
});

const hashed = (header: string) => ({ action: 'HASH', field: { fieldType: 'SINGLE_HEADER', fieldKeys: [header] } });

/**
 * Two rules: addresses that an operator blocked are refused (docs/runbooks); and an address that asks too often is
 * refused until it slows down, so that guessing tokens costs others nothing. No managed rule set: those judge
 * bodies, which zod does exactly, and refuse honest JSON over 8 KB.
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
export class WebAcl extends Construct {
  constructor(scope: Construct, { stage, ratePerAddress, protects, logsKey }: WebAclProps) {
    super(scope, 'WebAcl');
    // Empty in the template, and filled by hand while an attack lasts: a deploy that does not touch it leaves it filled.
    // The API has IPv4 addresses only.
    const blocked = new CfnIPSet(this, 'Blocked', {
      name: `ringfence-${stage.name}-blocked`,
      description: 'Addresses that an operator blocked',
      scope: 'REGIONAL',
      ipAddressVersion: 'IPV4',
      addresses: [],
    });
    const acl = new CfnWebACL(this, 'Acl', {
      name: `ringfence-${stage.name}`,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('web-acl'),
      rules: [
        {
          name: 'blocked',
          priority: 0,
          action: { block: {} },
          statement: { ipSetReferenceStatement: { arn: blocked.attrArn } },
          visibilityConfig: visibility('blocked'),
        },
        {
          name: 'rate-per-address',
          priority: 1,
          action: { block: {} },
          statement: {
            rateBasedStatement: { aggregateKeyType: 'IP', limit: ratePerAddress, evaluationWindowSec: 300 },
          },
          visibilityConfig: visibility('rate-per-address'),
        },
      ],
      // Whatever WAF keeps of a request: https://docs.aws.amazon.com/waf/latest/developerguide/data-protection-masking.html
      dataProtectionConfig: {
        dataProtections: [
          hashed('authorization'),
          hashed('cookie'),
          { action: 'SUBSTITUTION', field: { fieldType: 'QUERY_STRING' } },
        ],
      },
    });
    new CfnWebACLAssociation(this, 'Association', { resourceArn: protects, webAclArn: acl.attrArn });
    this.log(stage, acl, logsKey);
  }

  private log(stage: Stage, acl: CfnWebACL, key: IKey): void {
    const name = webAclLogGroupName(stage);
    const logGroup = new EncryptedLogGroup(this, { stage, key, purpose: 'web-acl', name });
    const logging = new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [logGroupArn(stage, name)],
      // A token may have been put into a path by mistake.
      redactedFields: [
        ...['authorization', 'cookie'].map((header) => ({ singleHeader: { Name: header } })),
        { uriPath: {} },
      ],
    });
    logging.node.addDependency(logGroup);
  }
}
