import { propertiesOf } from '../template/properties.ts';
import type { Creator } from './building.ts';

/** AWS::Lambda::Version: there is one version in the twin, the function itself. */
export const createVersion: Creator = (resource, { functions }) => {
  const name = propertiesOf(resource).text('FunctionName');
  const arn = `${functions.find(name)?.run.definition.arn ?? name}:1`;
  return { ref: arn, attributes: { Version: '1', FunctionArn: arn } };
};

/** AWS::Lambda::Alias: leads to the function. */
export const createFunctionAlias: Creator = (resource, { functions }) => {
  const properties = propertiesOf(resource);
  const name = properties.text('FunctionName');
  const arn = `${functions.find(name)?.run.definition.arn ?? name}:${properties.text('Name')}`;
  return { ref: arn, attributes: { AliasArn: arn } };
};
