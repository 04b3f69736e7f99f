import * as z from 'zod';
import { Tier } from '../../../lambdas/model/service.ts';
import { Line, Tag, Text, Word } from '../../../lambdas/model/words.ts';
import type { LinkEntry, ServiceEntry } from '../entries.ts';
import { annotationPath, mapped, own } from './annotations.ts';
import { ContactText } from './contact-text.ts';
import type { ServiceDraft } from './drafts.ts';
import { readLifecycle } from './lifecycle.ts';
import { readLinks } from './links.ts';
import { readNaming } from './naming.ts';
import { type Described, pointerAt, pointersAt } from './pointers.ts';
import { readRepositories } from './repositories.ts';
import { said } from './said.ts';

const kinds: Readonly<Record<string, ServiceEntry['kind']>> = {
  Component: 'component',
  API: 'api',
  Resource: 'resource',
};

/** Annotations are texts; a number without quotes is as clear. */
const TierText = z.union([z.string(), z.number()]).transform(Number).pipe(Tier) as z.ZodType<number>;

/** What the service needs, and what needs it: an API needs the component that provides it. */
const relations = (described: Described): Pick<ServiceDraft, 'dependencies' | 'dependants'> => {
  const dependsOn = pointersAt(described, ['spec', 'dependsOn'], 'component');
  const consumes = pointersAt(described, ['spec', 'consumesApis'], 'api');
  const dependants = pointersAt(described, ['spec', 'dependencyOf'], 'component') ?? [];
  const provides = pointersAt(described, ['spec', 'providesApis'], 'api') ?? [];
  return {
    dependencies: dependsOn || consumes ? [...(dependsOn ?? []), ...(consumes ?? [])] : undefined,
    dependants: [...dependants, ...provides],
  };
};

/** Fields of one value each. */
const plainFields = ({ reader }: Described) => ({
  description: reader.take(['metadata', 'description'], Text(4000)),
  type: reader.take(['spec', 'type'], Word),
  tier: reader.take(annotationPath(own.tier), TierText),
  language: reader.take(annotationPath(own.language), Line(40)),
  framework: reader.take(annotationPath(own.framework), Line(40)),
  onCall: reader.take(annotationPath(own.onCall), ContactText),
  domain: reader.take(annotationPath(own.domain), Word),
  tags: reader.take(['metadata', 'tags'], z.array(Tag)),
});

/** Component, API or Resource → service. */
export const describeService = (described: Described): ServiceDraft => {
  const { origin } = described;
  const naming = readNaming(described, { of: mapped.service, titles: [['metadata', 'title']] });
  const links: readonly LinkEntry[] | undefined = readLinks(described);
  return {
    what: 'service',
    origin,
    kind: kinds[origin.kind] ?? 'component',
    ...naming,
    says: said({ ...naming.says, ...plainFields(described), links, lifecycle: readLifecycle(described) }),
    owner: pointerAt(described, ['spec', 'owner'], 'group'),
    system: pointerAt(described, ['spec', 'system'], 'system')?.reference,
    ...relations(described),
    repositories: readRepositories(described, naming.annotations),
  };
};
