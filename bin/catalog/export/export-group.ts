import { isDeepStrictEqual } from 'node:util';
import { own } from '../descriptors/annotations.ts';
import { contactText } from '../descriptors/contact-text.ts';
import { type Reference, shortReference } from '../descriptors/reference.ts';
import type { AnnotationEntries, ContactEntry, TeamEntry } from '../entries.ts';
import { mergeContacts } from '../plan/merge-contacts.ts';
import { type Descriptor, descriptor } from './descriptor.ts';
import type { Named } from './named.ts';

/** Contacts that Backstage has a field for: the first of each. */
const ownFields = (contacts: readonly ContactEntry[]) => {
  const first = (kind: string, purpose?: string) =>
    contacts.find((contact) => contact.kind === kind && contact.purpose === purpose);
  const [email, slack, alerts] = [first('email'), first('slack'), first('slack', 'alerts')];
  const merged = mergeContacts(
    [],
    [email, slack, alerts].filter((each) => each !== undefined),
  );
  const annotations: AnnotationEntries = {
    ...(slack && { 'slack.com/channel': slack.value }),
    ...(alerts && { 'slack.com/alerts-channel': alerts.value }),
    // All of them, in order, where those fields do not say it all.
    ...(!isDeepStrictEqual(merged, contacts) && { [own.contacts]: contacts.map(contactText).join('\n') }),
  };
  return { email: email?.value, annotations };
};

export interface TeamNames {
  readonly parent?: Reference | undefined;
  readonly members: readonly Reference[];
}

/** Team → Group. */
export const exportGroup = (team: TeamEntry, named: Named, { parent, members }: TeamNames): Descriptor => {
  const { reference } = named;
  const { email, annotations } = ownFields(team.contacts);
  const { namespace } = reference;
  const said = {
    ...named.annotations,
    ...annotations,
    ...(team.responsibilities.length > 0 && { [own.responsibilities]: team.responsibilities.join('\n') }),
  };
  return descriptor(
    'Group',
    {
      reference,
      title: team.name === reference.name ? undefined : team.name,
      description: team.description,
      annotations: said,
    },
    {
      type: team.type,
      profile: email === undefined ? undefined : { email },
      parent: parent && shortReference(parent, { kind: 'group', namespace }),
      // Backstage wants the field; who is whose child, the children say.
      children: [],
      members:
        members.length > 0 ? members.map((each) => shortReference(each, { kind: 'user', namespace })) : undefined,
    },
  );
};
