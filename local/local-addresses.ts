import type { ServedApi } from './serve-apis.ts';

/** AWS's addresses of the twin's APIs, and what stands in their place. Filled when the APIs are served. */
export interface LocalAddresses {
  add(api: ServedApi, region: string): void;
  /** A service that functions find by an address in their variables: SQS. */
  addHost(onAws: string, here: string): void;
  /** The text with local addresses in place of AWS's. */
  localized(text: string): string;
}

export const createLocalAddresses = (): LocalAddresses => {
  const pairs: (readonly [onAws: string, here: string])[] = [];
  return {
    add: ({ id, stage, url }, region) => {
      pairs.push([`https://${id}.execute-api.${region}.amazonaws.com/${stage}`, url]);
    },
    addHost: (onAws, here) => {
      pairs.push([onAws, here]);
    },
    localized: (text) => pairs.reduce((local, [onAws, here]) => local.replaceAll(onAws, here), text),
  };
};
