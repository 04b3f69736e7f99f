import { randomBytes } from 'node:crypto';
import type { ObjectFiles } from './object-files.ts';
import type { ObjectVersion } from './object-version.ts';

/** The objects of one bucket. What a call has changed is on disk before it is answered. */
export interface Objects {
  /** The newest version of a key, a delete marker included. */
  current(key: string): ObjectVersion | undefined;
  find(key: string, id: string): ObjectVersion | undefined;
  /** Keys in the order of their UTF-8 bytes, as S3 lists them. */
  keys(): readonly string[];
  /** Newest first. */
  versions(key: string): readonly ObjectVersion[];
  /** One more version; in a bucket without versioning it takes the place of the one before. */
  add(draft: Omit<ObjectVersion, 'id' | 'order'>, body: Uint8Array, versioned: boolean): ObjectVersion;
  replace(version: ObjectVersion): void;
  remove(version: ObjectVersion): void;
  body(version: ObjectVersion): Buffer;
}

const noVersion = 'null';

export const createObjects = (files: ObjectFiles): Objects => {
  const byKey = new Map<string, readonly ObjectVersion[]>();
  let sorted: readonly string[] | undefined;
  let last = 0;

  const set = (key: string, versions: readonly ObjectVersion[]) => {
    if (versions.length === 0 || !byKey.has(key)) sorted = undefined;
    if (versions.length === 0) byKey.delete(key);
    else byKey.set(key, versions);
  };
  const remove = (version: ObjectVersion) => {
    files.remove(version);
    set(
      version.key,
      (byKey.get(version.key) ?? []).filter(({ order }) => order !== version.order),
    );
  };
  const push = (version: ObjectVersion) => {
    const before = byKey.get(version.key) ?? [];
    set(version.key, [version, ...before]);
    last = Math.max(last, version.order);
    // The file of what it replaces is removed after its own is there: a crash in between leaves both, and ends here.
    if (version.id === noVersion) for (const each of before) if (each.id === noVersion) remove(each);
  };
  for (const version of files.load()) push(version);

  return {
    current: (key) => byKey.get(key)?.[0],
    find: (key, id) => byKey.get(key)?.find((version) => version.id === id),
    versions: (key) => byKey.get(key) ?? [],
    keys: () => {
      sorted ??= [...byKey.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      return sorted;
    },
    add: (draft, body, versioned) => {
      const id = versioned ? randomBytes(24).toString('base64url') : noVersion;
      const version = { ...draft, id, order: last + 1 };
      files.write(version, body);
      push(version);
      return version;
    },
    replace: (version) => {
      files.write(version, files.body(version));
      set(
        version.key,
        (byKey.get(version.key) ?? []).map((each) => (each.order === version.order ? version : each)),
      );
    },
    remove,
    body: files.body,
  };
};
