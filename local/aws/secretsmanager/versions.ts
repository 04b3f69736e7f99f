import { current, previous, type Version, type Versions } from './secret.ts';

export const versionWith = (versions: Versions, stage: string): readonly [id: string, version: Version] | undefined =>
  Object.entries(versions).find(([, { stages }]) => stages.includes(stage));

/**
 * The versions after one more: its stages leave the versions that had them, what was current becomes previous, and a
 * version without a stage is forgotten. The first version is always current.
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
 */
export const withVersion = (versions: Versions, id: string, added: Version): Versions => {
  const isFirst = versionWith(versions, current) === undefined;
  const stages = isFirst ? [...new Set([...added.stages, current])] : added.stages;
  const replaced = stages.includes(current) ? versionWith(versions, current)?.[0] : undefined;
  const moved = new Set(replaced === undefined ? stages : [...stages, previous]);
  const kept = Object.entries(versions).map(([each, version]) => {
    const left = version.stages.filter((stage) => !moved.has(stage));
    return [each, { ...version, stages: each === replaced ? [...left, previous] : left }] as const;
  });
  return Object.fromEntries([
    ...kept.filter(([, version]) => version.stages.length > 0),
    [id, { ...added, stages }] as const,
  ]);
};
