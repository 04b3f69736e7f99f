import { physicalName } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Creator } from './building.ts';

/** AWS::S3::Bucket: made, or taken over with its objects, by the SDK endpoint. */
export const createBucket: Creator = (resource, { endpoint }) => {
  const made = physicalName(resource.stack, resource.logicalId, 63).toLowerCase();
  const BucketName = propertiesOf(resource).text('BucketName', made);
  return endpoint.buckets.create({ ...resource.properties, BucketName });
};

/** AWS::S3::BucketPolicy. */
export const createBucketPolicy: Creator = ({ logicalId, properties }, { endpoint }) => {
  endpoint.buckets.addPolicy(properties);
  return { ref: logicalId, attributes: { Id: logicalId } };
};
