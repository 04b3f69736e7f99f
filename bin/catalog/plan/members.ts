import type { TeamDraft, UserDraft } from '../descriptors/drafts.ts';
import { referenceText } from '../descriptors/reference.ts';
import { about, followed, type PlanContext } from './context.ts';

/** The e-mail addresses of a team's members, as the files say. */
export interface Membership {
  /** Those that the team's own document names; undefined when it names none. */
  readonly listed: ReadonlyMap<string, readonly string[]>;
  /** Those who name the team. */
  readonly joined: ReadonlyMap<string, readonly string[]>;
  /** The first who names a team, for those that no file describes. */
  readonly firstOf: ReadonlyMap<string, UserDraft>;
}

const emailsListed = (context: PlanContext, team: TeamDraft): readonly string[] | undefined =>
  team.members?.flatMap(({ reference, path }) => {
    const user = context.drafts.byReference.get(referenceText(reference));
    // A user without an e-mail is told of where it is described.
    if (user?.what === 'user') return user.email ?? [];
    context.report(
      about(
        team.origin,
        path,
        'left-out',
        `names ${referenceText(reference)}: no file describes this user, so its e-mail is not known`,
      ),
    );
    return [];
  });

const tellOfUser = ({ report }: PlanContext, { origin, email, teams }: UserDraft, named: ReadonlySet<string>): void => {
  if (teams.length === 0 && !named.has(referenceText(origin.reference)))
    report(about(origin, ['spec', 'memberOf'], 'no-place', 'is in no team: the catalog knows people as members only'));
  else if (email === undefined)
    report(
      about(
        origin,
        ['spec', 'profile', 'email'],
        'left-out',
        'is missing: members of a team are known by their e-mail',
      ),
    );
};

export const membershipOf = (context: PlanContext): Membership => {
  const { drafts, directory } = context;
  const joined = new Map<string, string[]>();
  const firstOf = new Map<string, UserDraft>();
  const named = new Set(
    drafts.teams.flatMap(({ members = [] }) => members.map(({ reference }) => referenceText(reference))),
  );
  for (const user of drafts.users) {
    tellOfUser(context, user, named);
    for (const pointer of user.teams) {
      const key = followed(context, user.origin, { pointer, found: directory.team(pointer.reference) });
      if (key === undefined || user.email === undefined) continue;
      joined.set(key, [...(joined.get(key) ?? []), user.email]);
      if (!firstOf.has(key)) firstOf.set(key, user);
    }
  }
  const listed = new Map<string, readonly string[]>();
  for (const team of drafts.teams) {
    const emails = emailsListed(context, team);
    if (emails) listed.set(directory.keyOf(team), emails);
  }
  return { listed, joined, firstOf };
};
