import { catalogItem } from '../../harness/catalog-item.ts';
import type { TestTwin } from '../../harness/twin.ts';

const collections = { team: 'teams', svc: 'services', repo: 'repositories' } as const;

/** How many refer to a thing, as its counter says; undefined when there is no counter. */
export const referencesOf = async (twin: TestTwin, tenant: string, id: string): Promise<number | undefined> => {
  const collection = collections[id.split('_')[0] as keyof typeof collections];
  const item = await catalogItem(twin, { tenant, collection, key: `references#${id}` });
  return item && Number(item.references);
};
