import type { OpenApi } from '../../openapi.ts';

/** Works something out once for each document: every operation asks for it. */
export const keptFor = <T>(make: (document: OpenApi) => T): ((document: OpenApi) => T) => {
  const known = new WeakMap<OpenApi, T>();
  return (document) => {
    const kept = known.get(document) ?? make(document);
    known.set(document, kept);
    return kept;
  };
};
