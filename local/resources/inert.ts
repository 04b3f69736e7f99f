import { physicalName } from '../template/physical-name.ts';
import type { Creator } from './building.ts';

/** Types that change nothing the twin could show: they are accepted, and printed at the start. */
export const inertTypes = [
  'AWS::ApiGateway::Account',
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::BasePathMapping',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::UsagePlan',
  'AWS::ApiGateway::UsagePlanKey',
  'AWS::CertificateManager::Certificate',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Dashboard',
  'AWS::Route53::RecordSet',
  'AWS::WAFv2::IPSet',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::WAFv2::WebACL',
  'AWS::WAFv2::WebACLAssociation',
] as const;

/** `Ref` is a name; `Arn` and `Id` are made up, so that references to them resolve. */
export const createInert: Creator = (resource, { inert, account, region }) => {
  inert.push(resource);
  const ref = physicalName(resource.stack, resource.logicalId);
  const [, service, kind] = resource.type.toLowerCase().split('::');
  return { ref, attributes: { Arn: `arn:aws:${service}:${region}:${account}:${kind}/${ref}`, Id: ref } };
};
