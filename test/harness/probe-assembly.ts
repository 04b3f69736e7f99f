import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FunctionSpec, functions } from '../../lambdas/functions.ts';
import { defineFunction } from '../../lambdas/kernel/define-function.ts';
import { synthesize } from '../../lib/synthesize.ts';

/**
 * The app as it would be with one more function: its definition joins those of lambdas/functions.ts, and the real
 * constructs and key policies give it what follows from it, as they will to a function that is really added.
 * For `runTwin(name, { assembly })`, and for roles that no deployed function has yet.
 */
export const probeAssembly = (name: string, probe: Pick<FunctionSpec, 'touches'>): string => {
  const spec = defineFunction({
    name: 'probe',
    entry: '../test/security/hostile/obedient.ts',
    impact: 'Nothing: it is there for a test.',
    entrance: { by: 'routes', routes: [] },
    timeoutSeconds: 15,
    memoryMb: 512,
    ...probe,
  });
  // The module is this test file's own: jest gives each file its modules anew.
  (functions as FunctionSpec[]).push(spec);
  return synthesize('local', join(process.env.RINGFENCE_TEST_RUN ?? '', `${name}-assembly`));
};

const resourcesOf = (assembly: string, stack: string): Readonly<Record<string, object>> =>
  JSON.parse(readFileSync(join(assembly, `${stack}.template.json`), 'utf8')).Resources;

/** Logical ids of what a stack of this assembly has otherwise than the test assembly. */
export const changedResources = (assembly: string, stack: 'foundation' | 'api'): readonly string[] => {
  const real = resourcesOf(process.env.RINGFENCE_TEST_ASSEMBLY ?? '', stack);
  const changed = resourcesOf(assembly, stack);
  return Object.keys({ ...real, ...changed }).filter((id) => JSON.stringify(real[id]) !== JSON.stringify(changed[id]));
};
