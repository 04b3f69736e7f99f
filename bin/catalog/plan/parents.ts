import type { Origin, Pointer } from '../descriptors/drafts.ts';
import { about, followed, type PlanContext } from './context.ts';
import { placeOf } from './draft-set.ts';

interface Said {
  readonly parent: string;
  readonly origin: Origin;
  readonly path: Pointer['path'];
}

/** The parent that the files give each team, by the teams' keys: its own word first, then that of the first parent. */
export const parentsSaid = (context: PlanContext): Map<string, Said> => {
  const { drafts, directory, report } = context;
  const said = new Map<string, Said>();
  for (const team of drafts.teams) {
    const { origin, parent: pointer } = team;
    if (!pointer) continue;
    const parent = followed(context, origin, { pointer, found: directory.team(pointer.reference) });
    if (parent !== undefined) said.set(directory.keyOf(team), { parent, origin, path: pointer.path });
  }
  for (const team of drafts.teams)
    for (const pointer of team.children) {
      const { origin } = team;
      const child = followed(context, origin, { pointer, found: directory.team(pointer.reference) });
      if (child === undefined) continue;
      const parent = directory.keyOf(team);
      const before = said.get(child);
      if (!before) said.set(child, { parent, origin, path: pointer.path });
      else if (before.parent !== parent) {
        const where = `${placeOf({ file: before.origin.file, line: before.origin.lineOf(before.path) })} gives it another parent`;
        report(about(origin, pointer.path, 'left-out', `names a team that is not its child: ${where}`));
      }
    }
  return said;
};

/** The teams on the way up from one, and around, when it leads back to it. */
const cycleFrom = (key: string, parentOf: (key: string) => string | undefined): readonly string[] | undefined => {
  const way: string[] = [];
  for (let at: string | undefined = key; at !== undefined && !way.includes(at); at = parentOf(at)) {
    way.push(at);
    if (parentOf(at) === key) return way;
  }
  return undefined;
};

/**
 * The parent of each team, by key. A team that the files put within itself keeps the parent it has in the tenant: each
 * document that closes such a circle is told of.
 */
export const parentsOf = (context: PlanContext): ReadonlyMap<string, string> => {
  const stored = new Map(context.tenant.team.map(({ id, entry }) => [id, entry.parent]));
  const said = parentsSaid(context);
  const parentOf = (key: string): string | undefined => said.get(key)?.parent ?? stored.get(key);
  for (const key of [...said.keys()]) {
    const circle = said.has(key) ? cycleFrom(key, parentOf) : undefined;
    for (const each of circle ?? []) {
      const { origin, path } = said.get(each) ?? {};
      said.delete(each);
      if (!origin || !path) continue;
      const names = [...(circle ?? []), key].map((one) => one.replace(/^\+team:/, '')).join(' → ');
      context.report(
        about(origin, path, 'left-out', `puts teams within themselves: ${names}. None of them gets this parent`),
      );
    }
  }
  return new Map([...said].map(([key, { parent }]) => [key, parent]));
};
