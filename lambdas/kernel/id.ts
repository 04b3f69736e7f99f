import * as z from 'zod';
import { idLengths } from './id-kinds.ts';

/** Ids are a word for the kind of thing, `_`, and base62 characters. They hold no meaning but their kind. */
const idSchema = <Kind extends string>(kind: Kind, length: number) =>
  z
    .string()
    .regex(new RegExp(`^${kind}_[0-9A-Za-z]{${length}}$`), `expected ${kind}_ and ${length} letters or digits`)
    .meta({ maxLength: kind.length + 1 + length })
    .brand<Kind>();

export const TenantId = idSchema('ten', idLengths.ten);
export const UserId = idSchema('usr', idLengths.usr);
export const TokenId = idSchema('tok', idLengths.tok);
export const ServiceId = idSchema('svc', idLengths.svc);
export const TeamId = idSchema('team', idLengths.team);
export const RepositoryId = idSchema('repo', idLengths.repo);
export const DeployId = idSchema('dpl', idLengths.dpl);
export const EventId = idSchema('evt', idLengths.evt);

export type TenantId = z.infer<typeof TenantId>;
export type UserId = z.infer<typeof UserId>;
export type TokenId = z.infer<typeof TokenId>;
export type ServiceId = z.infer<typeof ServiceId>;
export type TeamId = z.infer<typeof TeamId>;
export type RepositoryId = z.infer<typeof RepositoryId>;
export type DeployId = z.infer<typeof DeployId>;
export type EventId = z.infer<typeof EventId>;

/** Makes a new random id of a kind; a parameter of use cases, so that tests decide it. */
export interface NewId {
  (kind: 'ten'): TenantId;
  (kind: 'usr'): UserId;
  (kind: 'tok'): TokenId;
  (kind: 'svc'): ServiceId;
  (kind: 'team'): TeamId;
  (kind: 'repo'): RepositoryId;
  (kind: 'dpl'): DeployId;
  (kind: 'evt'): EventId;
}
