/** A name for descriptors, made of a text that has other characters too. */
export const slug = (text: string, otherwise: string): string => {
  const made = text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, 50)
    .replace(/^[._-]+|[._-]+$/g, '');
  return made === '' ? otherwise : made;
};
