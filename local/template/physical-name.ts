import { createHash } from 'node:crypto';

/** A name for what a template leaves unnamed: `<stack>-<logical id>`, the same at every start, at most `max` long. */
export const physicalName = (stack: string, logicalId: string, max = 64): string => {
  const name = `${stack}-${logicalId}`;
  return name.length <= max ? name : `${name.slice(0, max - 9)}-${digest(name).slice(0, 8)}`;
};

/** A short id in the style of API Gateway, the same at every start. */
export const shortId = (...parts: readonly string[]): string => digest(parts.join('/')).slice(0, 10);

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
