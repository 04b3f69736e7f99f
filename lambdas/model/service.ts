import * as z from 'zod';
import { RepositoryId, ServiceId, TeamId } from '../kernel/id.ts';
import { Contact } from './contact.ts';
import { Deploy } from './deploy.ts';
import { firstVersion, nextVersion, versioned } from './versioned.ts';
import { Alias, Annotations, Line, SetOf, Tag, Text, Url, Word } from './words.ts';

export const Tier = z.int().min(1).max(4).describe('1: customers notice at once; 4: nobody does').meta({ id: 'Tier' });
export const Lifecycle = z.enum(['experimental', 'production', 'deprecated', 'retired']).meta({ id: 'Lifecycle' });
const Kind = z
  .enum(['component', 'api', 'resource'])
  .describe('component: it runs; api: what others call; resource: what others need, such as a database')
  .meta({ id: 'ServiceKind' });

const Link = z.strictObject({ title: Line(80), url: Url }).meta({ id: 'Link' });

/**
 * What a customer says of a service. As long as aliases, tags, dependencies and repositories are no more than these,
 * a service is made and deleted in one transaction of DynamoDB, which takes 100 items.
 */
export const ServiceInput = z
  .strictObject({
    name: Line(120).meta({ examples: ['Payments'] }),
    description: Text(4000)
      .optional()
      .meta({ examples: ['Takes the money, and gives it back.'] }),
    aliases: SetOf(Alias, 10).meta({ description: 'Second names: no other service has one', examples: [['payments']] }),
    kind: Kind.default('component'),
    type: Word.default('service').describe('What sort of thing: service, website, library …'),
    tier: Tier.default(4),
    lifecycle: Lifecycle.default('production'),
    language: Line(40)
      .optional()
      .meta({ examples: ['TypeScript'] }),
    framework: Line(40).optional(),
    owner: TeamId.optional(),
    system: Word.optional().meta({ description: 'What it is a part of', examples: ['checkout'] }),
    domain: Word.optional().describe('The field of business that it belongs to'),
    dependencies: SetOf(ServiceId, 25).describe('The services it needs'),
    repositories: SetOf(RepositoryId, 5).describe('Where its code is'),
    onCall: Contact.optional().describe('Whom to call when it fails'),
    tags: SetOf(Tag, 20).meta({ examples: [['pci']] }),
    links: z.array(Link).max(20).default([]),
    annotations: Annotations.default({}),
  })
  .meta({ id: 'ServiceInput' });
export type ServiceInput = z.output<typeof ServiceInput>;

/** A service of the catalog: who owns it, where it lives, how much it matters. */
export const Service = z.strictObject({ ...ServiceInput.shape, id: ServiceId, ...versioned }).meta({ id: 'Service' });
export type Service = z.output<typeof Service>;

const lastDeploys = z.array(Deploy).max(10).optional();

/** A service as it is read alone. */
export const ServiceDetail = z
  .strictObject({
    ...Service.shape,
    deploys: lastDeploys.describe('The last ones, newest first; absent where the token may not read deploys'),
  })
  .meta({ id: 'ServiceDetail' });

/** A path parameter that names a service: its id or one of its aliases. */
export const ServiceRef = z.union([ServiceId, Alias]).meta({ id: 'ServiceRef', examples: ['payments'] });
export type ServiceRef = z.output<typeof ServiceRef>;

export const newService = (id: ServiceId, input: ServiceInput, nowMs: number): Service =>
  firstVersion(id, input, nowMs);
export const replacedService = (service: Service, input: ServiceInput, nowMs: number): Service =>
  nextVersion(service, input, nowMs);
