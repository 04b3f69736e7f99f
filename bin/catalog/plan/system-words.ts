import { Word } from '../../../lambdas/model/words.ts';
import type { ServiceDraft } from '../descriptors/drafts.ts';
import { type Reference, referenceText } from '../descriptors/reference.ts';
import type { ServiceEntry } from '../entries.ts';
import { about, type PlanContext } from './context.ts';

/** Systems and domains are words: with their namespace, where it is another than the default one. */
export const wordOf = ({ namespace, name }: Reference): string =>
  namespace === 'default' ? name : `${namespace}.${name}`;

/** The system that a service says, and the domain of that system where the service says none. */
export const systemWords = (
  { drafts, report }: PlanContext,
  { origin, system, says }: ServiceDraft,
): Pick<ServiceEntry, 'system' | 'domain'> => {
  if (!system) return {};
  const described = drafts.byReference.get(referenceText(system));
  const domain = described?.what === 'system' && says.domain === undefined ? described.domain : undefined;
  const words = { system: wordOf(system), ...(domain && { domain: wordOf(domain) }) };
  const unfit = Object.values(words).find((word) => !Word.safeParse(word).success);
  if (unfit === undefined) return words;
  report(about(origin, ['spec', 'system'], 'left-out', `gives the word "${unfit}": expected at most 63 characters`));
  return {};
};
