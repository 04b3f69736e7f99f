import * as z from 'zod';
import { ServiceId, TeamId } from '../kernel/id.ts';
import { toIso } from '../kernel/use-case.ts';
import { Alias, Line, Text, Url } from './words.ts';

export const Tier = z.int().min(1).max(4).describe('1: customers notice at once; 4: nobody does').meta({ id: 'Tier' });
export const Lifecycle = z.enum(['experimental', 'production', 'deprecated', 'retired']).meta({ id: 'Lifecycle' });

const Link = z.strictObject({ title: Line(80), url: Url }).meta({ id: 'Link' });
const unique = (words: readonly string[]): boolean => new Set(words).size === words.length;

/** What a customer says of a service. */
export const ServiceInput = z
  .strictObject({
    name: Line(120),
    description: Text(4000).optional(),
    aliases: z.array(Alias).max(10).refine(unique, 'expected no alias twice').meta({ uniqueItems: true }).default([]),
    tier: Tier.default(4),
    lifecycle: Lifecycle.default('production'),
    language: Line(40).optional(),
    framework: Line(40).optional(),
    owner: TeamId.optional(),
    tags: z.array(Alias).max(30).refine(unique, 'expected no tag twice').meta({ uniqueItems: true }).default([]),
    links: z.array(Link).max(20).default([]),
    repository: Url.optional(),
  })
  .meta({ id: 'ServiceInput' });
export type ServiceInput = z.output<typeof ServiceInput>;

/** A service of the catalog: who owns it, where it lives, how much it matters. */
export const Service = z
  .strictObject({
    ...ServiceInput.shape,
    id: ServiceId,
    version: z.int().min(1),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Service' });
export type Service = z.output<typeof Service>;

/** A path parameter that names a service: its id or one of its aliases. */
export const ServiceRef = z.union([ServiceId, Alias]).meta({ id: 'ServiceRef' });
export type ServiceRef = z.output<typeof ServiceRef>;

/** What a list of services is narrowed by, in any combination. */
export type ServiceFilter = { readonly [K in 'owner' | 'tier' | 'lifecycle']?: Service[K] | undefined };

export const newService = (id: ServiceId, input: ServiceInput, nowMs: number): Service => ({
  ...input,
  id,
  version: 1,
  createdAt: toIso(nowMs),
  updatedAt: toIso(nowMs),
});

/** Every replacement is a new version, also one with the same content: versions count replacements, not differences. */
export const replacedService = (service: Service, input: ServiceInput, nowMs: number): Service => ({
  ...input,
  id: service.id,
  version: service.version + 1,
  createdAt: service.createdAt,
  updatedAt: toIso(nowMs),
});
