import { physicalName } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Creator } from './building.ts';

/** AWS::DynamoDB::Table: made, or taken over with its items, by the SDK endpoint. */
export const createTable: Creator = (resource, { endpoint }) => {
  const TableName = propertiesOf(resource).text('TableName', physicalName(resource.stack, resource.logicalId, 255));
  return endpoint.createTable({ ...resource.properties, TableName });
};
