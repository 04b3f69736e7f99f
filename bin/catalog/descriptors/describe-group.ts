import * as z from 'zod';
import { Contact } from '../../../lambdas/model/contact.ts';
import { Line, Text, Word } from '../../../lambdas/model/words.ts';
import type { ContactEntry } from '../entries.ts';
import { annotationPath, mapped, own } from './annotations.ts';
import { ContactText } from './contact-text.ts';
import type { TeamDraft } from './drafts.ts';
import { Lines } from './listed.ts';
import { readNaming } from './naming.ts';
import { type Described, pointerAt, pointersAt } from './pointers.ts';
import { said } from './said.ts';

const ofKind = (kind: ContactEntry['kind'], purpose?: string) =>
  z
    .string()
    // Many write a channel without its #.
    .transform(
      (value) =>
        ({
          kind,
          value: kind === 'slack' && !value.startsWith('#') ? `#${value}` : value,
          ...(purpose && { purpose }),
        }) as z.input<typeof Contact>,
    )
    .pipe(Contact);

/** Group → team. */
export const describeGroup = (described: Described): TeamDraft => {
  const { reader, origin } = described;
  const titles = [
    ['metadata', 'title'],
    ['spec', 'profile', 'displayName'],
  ];
  const naming = readNaming(described, { of: mapped.team, titles });
  const contacts = [
    reader.take(['spec', 'profile', 'email'], ofKind('email')),
    reader.take(annotationPath('slack.com/channel'), ofKind('slack')),
    reader.take(annotationPath('slack.com/alerts-channel'), ofKind('slack', 'alerts')),
  ].filter((contact) => contact !== undefined);
  return {
    what: 'team',
    origin,
    ...naming,
    says: said({
      ...naming.says,
      description: reader.take(['metadata', 'description'], Text(4000)),
      type: reader.take(['spec', 'type'], Word),
      responsibilities: reader.take(annotationPath(own.responsibilities), Lines(Line(200))),
      contacts: reader.take(annotationPath(own.contacts), Lines(ContactText)),
    }),
    contacts,
    parent: pointerAt(described, ['spec', 'parent'], 'group'),
    children: pointersAt(described, ['spec', 'children'], 'group') ?? [],
    members: pointersAt(described, ['spec', 'members'], 'user'),
  };
};
