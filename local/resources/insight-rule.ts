import { propertiesOf } from '../template/properties.ts';
import type { Creator } from './building.ts';

/** AWS::CloudWatch::InsightRule. */
export const createInsightRule: Creator = (resource, { watch }) => {
  const name = propertiesOf(resource).text('RuleName');
  const { arn } = watch.addInsightRule(resource.properties);
  return { ref: arn, attributes: { Arn: arn, RuleName: name } };
};
