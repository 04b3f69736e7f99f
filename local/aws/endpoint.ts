import type { Endpoint, EndpointOptions, World } from './world.ts';

/** Starts the local AWS SDK endpoint. */
export const startEndpoint = async (_world: World, _options: EndpointOptions = {}): Promise<Endpoint> => {
  throw new Error('not built yet');
};
