import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Control, controlOf } from './control.ts';
import { runTwin, type TwinAddresses } from './run-twin.ts';
import { type FreshTenant, freshTenant } from './tenant.ts';

export interface TestTwin {
  readonly addresses: TwinAddresses;
  readonly control: Control;
  /** Onboards a new tenant through the operators' function. */
  tenant(): Promise<FreshTenant>;
}

export const testTwin = (addresses: TwinAddresses): TestTwin => ({
  addresses,
  control: controlOf(addresses),
  tenant: () => freshTenant(addresses),
});

/** The one twin of this jest worker: the first test file starts it, the others share it, each with its own tenants. */
export const workerTwin = async (): Promise<TestTwin> => {
  const name = `worker-${process.env.JEST_WORKER_ID}`;
  const readyFile = join(process.env.RINGFENCE_TEST_RUN ?? '', `${name}.json`);
  const addresses = existsSync(readyFile)
    ? (JSON.parse(readFileSync(readyFile, 'utf8')) as TwinAddresses)
    : await runTwin(name, { shared: true });
  return testTwin(addresses);
};
