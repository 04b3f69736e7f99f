import type { DataFolder } from './data-folder.ts';
import type { Twin } from './twin.ts';

const name = 'twin.json';

/** Tells a command line where the running twin is, and gives it an administrator's credentials. Owner-readable only. */
export const writeAddressFile = (
  data: DataFolder,
  twin: Omit<Twin, 'announce'>,
  /** What else runs beside it: name → address. */
  beside: Readonly<Record<string, string>> = {},
): void => {
  const { account, region, apiUrl, outputs, endpointUrl, administrator } = twin;
  const addresses = {
    pid: process.pid,
    apiUrl,
    endpoint: endpointUrl,
    region,
    account,
    outputs,
    credentials: administrator,
    ...beside,
  };
  data.write(name, JSON.stringify(addresses, null, 2));
};

export const removeAddressFile = (data: DataFolder): void => data.remove(name);
