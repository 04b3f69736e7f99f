import { physicalName } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Creator } from './building.ts';

/** AWS::Logs::LogGroup: registered with its retention and key. Lines stay in memory while the twin runs. */
export const createLogGroup: Creator = (resource, { logGroups, region, account }) => {
  const properties = propertiesOf(resource);
  const name = properties.text('LogGroupName', physicalName(resource.stack, resource.logicalId, 512));
  logGroups.set(name, {
    name,
    ...(properties.has('RetentionInDays') ? { retentionDays: properties.number('RetentionInDays', 0) } : {}),
    ...(properties.has('KmsKeyId') ? { keyArn: properties.text('KmsKeyId') } : {}),
  });
  return { ref: name, attributes: { Arn: `arn:aws:logs:${region}:${account}:log-group:${name}:*` } };
};
