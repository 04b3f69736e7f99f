const known: Readonly<Record<string, string>> = {
  EACCES: 'may not be read: give yourself the right to',
  EPERM: 'may not be read: give yourself the right to',
  ENOENT: 'is not there, or is gone',
  ENOTDIR: 'is not there, or is gone',
  ELOOP: 'is a link that leads to itself',
  EISDIR: 'is a folder',
};

/** Why a file or folder could not be read, in a few words. */
export const fileFault = (error: unknown): string => {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const words = known[code];
  return words ? `${words} (${code})` : `could not be read: ${message}`;
};
