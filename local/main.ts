/** Runs a twin as a process: `node --import tsx local/main.ts --assembly cdk.out --data <folder> --port 4000`. */
import { renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startControl } from './control.ts';
import type { RequestSeen } from './gateway/rest-api.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { startTwin, type Twin } from './twin.ts';
import { TwinError } from './twin-error.ts';

const { values } = parseArgs({
  options: {
    assembly: { type: 'string', default: 'cdk.out' },
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    fresh: { type: 'boolean', default: false },
    /** Port of the control server for tests; none when absent. */
    control: { type: 'string' },
    /** Gets all addresses as JSON when everything is ready. */
    'ready-file': { type: 'string' },
    quiet: { type: 'boolean', default: false },
  },
});

const main = async (): Promise<void> => {
  const onRequest = values.quiet ? () => {} : printRequest;
  const twin = await startTwin({
    assembly: values.assembly,
    ...(values.data === undefined ? {} : { data: values.data }),
    port: port('--port', values.port),
    fresh: values.fresh,
    onRequest,
  });
  const control =
    values.control === undefined ? undefined : await startControl(twin, port('--control', values.control));
  stopOnSignals(async () => {
    await Promise.all([control?.stop(0), twin.stop()]);
  });
  announce(twin, control?.url);
};

const announce = (twin: Twin, controlUrl: string | undefined): void => {
  const { apiUrl, endpointUrl, region, account, outputs, administrator } = twin;
  if (values['ready-file'] !== undefined) {
    const ready = { pid: process.pid, apiUrl, controlUrl, endpointUrl, region, account, outputs, administrator };
    writeFileSync(`${values['ready-file']}.new`, JSON.stringify(ready, null, 2), { mode: 0o600 });
    renameSync(`${values['ready-file']}.new`, values['ready-file']);
  }
  if (values.quiet) return;
  console.log(`API       ${apiUrl ?? 'none'}\nSDK       ${endpointUrl}`);
  if (controlUrl !== undefined) console.log(`Control   ${controlUrl}`);
  for (const inert of twin.inert) console.log(`Inert     ${inert}`);
};

const printRequest = ({ at, method, path, status, ms, why }: RequestSeen): void =>
  console.log(
    `${new Date(at).toISOString().slice(11, 19)} ${method} ${path} ${status} ${ms.toFixed(0)} ms${why ? ` (${why})` : ''}`,
  );

const port = (option: string, value: string): number => {
  const parsed = Number(value);
  if (Number.isInteger(parsed) && parsed >= 0 && parsed < 65_536) return parsed;
  throw new TwinError(`${option} is ${value}.`, 'Give a port from 0 to 65535.');
};

main().catch((error: unknown) => {
  console.error(error instanceof TwinError ? error.message : error);
  process.exit(1);
});
