import * as z from 'zod';
import { Contact } from '../../../lambdas/model/contact.ts';
import type { ContactEntry } from '../entries.ts';

const shape = /^(?:([^=:\s]+)=)?([a-z]+):(.+)$/;

/** `slack:#payments`, or with what it is for, `alerts=slack:#payments-alerts`. */
export const contactText = ({ kind, value, purpose }: ContactEntry): string =>
  `${purpose === undefined ? '' : `${purpose}=`}${kind}:${value}`;

/** A contact as one line of text. */
export const ContactText = z
  .string()
  .transform((text) => {
    const [, purpose, kind, value] = shape.exec(text.trim()) ?? [];
    return { kind, value, ...(purpose !== undefined && { purpose }) };
  })
  .refine(
    (contact) => Contact.safeParse(contact).success,
    'expected a contact such as email:team@example.com, slack:#team, url:https://…, phone:+44 20 7946 0000, with its purpose before it: alerts=slack:#team',
  )
  .transform((contact) => contact as ContactEntry);
