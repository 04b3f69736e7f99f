import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { synthesize } from '../../lib/synthesize.ts';

interface Manifest {
  readonly artifacts: Readonly<
    Record<
      string,
      { readonly type: string; readonly properties?: { readonly stackName?: string; readonly templateFile?: string } }
    >
  >;
}

/** The templates of an assembly as they stand in their files, by stack name. */
export const templateFilesIn = (
  assembly: string,
): ReadonlyMap<string, { readonly file: string; readonly text: string }> => {
  const { artifacts }: Manifest = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8'));
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  return new Map(
    stacks.map(([id, { properties }]) => {
      const file = join(assembly, properties?.templateFile ?? '');
      return [properties?.stackName ?? id, { file, text: readFileSync(file, 'utf8') }];
    }),
  );
};

/** What this checkout would deploy now. */
export const synthesizedTemplates = (stage: string): ReadonlyMap<string, string> => {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-verify-'));
  try {
    return new Map([...templateFilesIn(synthesize(stage, folder))].map(([stack, { text }]) => [stack, text]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

type Resource = Readonly<Record<string, unknown>>;

/** CloudFormation answers `?` for what is not ASCII; metadata is the CDK's own. */
const resourcesOf = (template: string): Readonly<Record<string, Resource>> => {
  const { Resources = {} }: { readonly Resources?: Readonly<Record<string, Resource>> } = JSON.parse(
    template.replace(/[\u{80}-\u{10ffff}]/gu, '?'),
  );
  return Object.fromEntries(Object.entries(Resources).map(([id, { Metadata: _, ...rest }]) => [id, rest]));
};

/** Which resources differ, and how. */
export const templateFaults = (stack: string, deployed: string, expected: string): readonly string[] => {
  const [there, here] = [resourcesOf(deployed), resourcesOf(expected)];
  const ids = [...new Set([...Object.keys(there), ...Object.keys(here)])].sort();
  const differing = ids.flatMap((id) => {
    if (!there[id]) return [`${id} is not deployed`];
    if (!here[id]) return [`${id} is not of this checkout`];
    return isDeepStrictEqual(there[id], here[id]) ? [] : [`${id} differs`];
  });
  return differing.map((each) => `${stack}: ${each}`);
};
