import type { Creator } from './building.ts';

/** AWS::Lambda::EventSourceMapping over a table's stream. */
export const createEventSourceMapping: Creator = ({ properties }, { streams }) => streams.add(properties);
