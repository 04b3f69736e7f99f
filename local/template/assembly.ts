import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TwinError } from '../twin-error.ts';
import { assetsOf } from './assets.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { inOrder } from './order.ts';
import type { Template } from './template.ts';

/** A stack of the assembly. */
export interface StackArtifact {
  readonly name: string;
  /** Concrete where the app names one; the twin's own otherwise. */
  readonly account?: string;
  readonly region?: string;
  readonly template: Template;
  /** S3 object key → file or folder on this machine. */
  readonly assets: ReadonlyMap<string, string>;
}

/**
 * The stacks of a synthesized CDK app, each after those it depends on.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/cloud-assembly-schema-readme.html
 */
export const readAssembly = (directory: string): readonly StackArtifact[] => {
  const artifacts = readJson(join(directory, 'manifest.json'), directory).artifacts;
  const byId = new Map(Object.entries(isObject(artifacts) ? artifacts : {}));
  const needs = (id: string): readonly string[] => strings(field(byId.get(id), 'dependencies'));
  const stop = (circle: readonly string[]): never => {
    throw new TwinError(`Stacks depend on each other in a circle: ${circle.join(' → ')}.`, 'Break one dependency.');
  };
  return inOrder(byId.keys(), needs, stop).flatMap((id) => stacksOf(directory, id, byId.get(id)));
};

const stacksOf = (directory: string, id: string, artifact: Json | undefined): readonly StackArtifact[] => {
  const properties = field(artifact, 'properties');
  const type = field(artifact, 'type');
  if (type === 'cdk:cloud-assembly') return readAssembly(join(directory, String(field(properties, 'directoryName'))));
  if (type !== 'aws:cloudformation:stack') return [];
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(String(field(artifact, 'environment'))) ?? [];
  const stackName = field(properties, 'stackName');
  return [
    {
      name: typeof stackName === 'string' ? stackName : id,
      ...(account && account !== 'unknown-account' ? { account } : {}),
      ...(region && region !== 'unknown-region' ? { region } : {}),
      template: readJson(join(directory, String(field(properties, 'templateFile'))), directory) as Template,
      assets: assetsOf(directory, id, (file) => readJson(file, directory)),
    },
  ];
};

const field = (value: Json | undefined, name: string): Json | undefined => (isObject(value) ? value[name] : undefined);

const strings = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const readJson = (file: string, directory: string): JsonObject => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TwinError(
      `${directory} is not a cloud assembly (${why}).`,
      'Run `npx cdk synth` first, or name another folder.',
    );
  }
};
