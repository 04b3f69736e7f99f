import { CfnBasePathMapping, CfnDomainName, type SpecRestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnOutput } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

/** The API under a name of its own. The name must point at the output `DomainTarget`. */
export class CustomDomain extends Construct {
  constructor(scope: Construct, stage: Stage, domain: NonNullable<Stage['domain']>, api: SpecRestApi) {
    super(scope, 'Domain');
    const domainName = new CfnDomainName(this, 'Name', {
      domainName: domain.name,
      regionalCertificateArn: domain.certificateArn,
      endpointConfiguration: { types: ['REGIONAL'] },
      securityPolicy: stage.tlsPolicy,
      endpointAccessMode: 'STRICT',
    });
    new CfnBasePathMapping(this, 'Mapping', {
      domainName: domainName.ref,
      restApiId: api.restApiId,
      stage: api.deploymentStage.stageName,
    });
    new CfnOutput(scope, 'DomainTarget', { value: domainName.attrRegionalDomainName });
  }
}
