import type { Creator } from './building.ts';

/** AWS::KMS::Key: the same key at every start, named by stack and logical id. */
export const createKey: Creator = ({ stack, logicalId, properties }, { endpoint }) =>
  endpoint.createKey(`${stack}/${logicalId}`, properties);

/** AWS::KMS::Alias. */
export const createAlias: Creator = ({ properties }, { endpoint }) => endpoint.createAlias(properties);
