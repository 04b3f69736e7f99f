import * as z from 'zod';
import { Lifecycle } from '../../../lambdas/model/service.ts';
import type { ServiceEntry } from '../entries.ts';
import type { Described } from './pointers.ts';

/** The lifecycle, if it is one of the catalog's four. Another word, which Backstage allows, is left out and told of. */
export const readLifecycle = ({ reader }: Described): ServiceEntry['lifecycle'] | undefined => {
  const path = ['spec', 'lifecycle'];
  const word = reader.take(path, z.string())?.toLowerCase();
  if (word === undefined || word === '') return undefined;
  const known = Lifecycle.safeParse(word);
  if (known.success) return known.data;
  reader.leaveOut(
    path,
    `is "${word.slice(0, 60)}": the catalog has ${Lifecycle.options.join(', ')}. It stays as it is; that of a new service is production`,
  );
  return undefined;
};
