import type { Origin, Pointer, ServiceDraft } from '../descriptors/drafts.ts';
import { about, followed, type PlanContext } from './context.ts';

/** What the files say of who needs whom, by the services' keys. */
export interface Dependencies {
  /** What a service's own document lists; undefined when it lists nothing. */
  readonly listed: ReadonlyMap<string, readonly string[]>;
  /** What others say that a service needs. */
  readonly added: ReadonlyMap<string, readonly string[]>;
  /** The first document that says so. */
  readonly firstOf: ReadonlyMap<string, Origin>;
}

const target = (context: PlanContext, draft: ServiceDraft, pointer: Pointer): string | undefined => {
  const key = followed(context, draft.origin, { pointer, found: context.directory.service(pointer.reference) });
  if (key === undefined || key !== context.directory.keyOf(draft)) return key;
  context.report(about(draft.origin, pointer.path, 'left-out', 'names the service itself: nothing depends on itself'));
  return undefined;
};

export const dependenciesOf = (context: PlanContext): Dependencies => {
  const listed = new Map<string, readonly string[]>();
  const added = new Map<string, string[]>();
  const firstOf = new Map<string, Origin>();
  for (const draft of context.drafts.services) {
    const key = context.directory.keyOf(draft);
    const own = draft.dependencies?.map((pointer) => target(context, draft, pointer));
    if (own)
      listed.set(
        key,
        own.filter((each) => each !== undefined),
      );
    for (const pointer of draft.dependants) {
      const dependant = target(context, draft, pointer);
      if (dependant === undefined) continue;
      added.set(dependant, [...(added.get(dependant) ?? []), key]);
      if (!firstOf.has(dependant)) firstOf.set(dependant, draft.origin);
    }
  }
  return { listed, added, firstOf };
};
