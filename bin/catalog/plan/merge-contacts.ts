import type { ContactEntry } from '../entries.ts';

/** Each of `said` takes the place of the first contact of its kind and purpose, or comes after all. */
export const mergeContacts = (
  contacts: readonly ContactEntry[],
  said: readonly ContactEntry[],
): readonly ContactEntry[] => {
  const merged = [...contacts];
  for (const contact of said) {
    const at = merged.findIndex(({ kind, purpose }) => kind === contact.kind && purpose === contact.purpose);
    if (at < 0) merged.push(contact);
    else merged[at] = contact;
  }
  return merged;
};
