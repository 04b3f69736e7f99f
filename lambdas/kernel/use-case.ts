import type { z } from 'zod';
import type { Route } from './define-route.ts';
import type { TenantId, TokenId, UserId } from './id.ts';
import type { Permission, Role } from './permissions.ts';
import type { Write } from './session.ts';

/** Who asks, as the authorizer proved and signed it. */
export interface Caller {
  readonly tenant: TenantId;
  readonly principal: UserId;
  readonly credential: TokenId;
  readonly role: Role;
  readonly permissions: readonly Permission[];
}

type Output<S> = S extends z.ZodType ? z.output<S> : unknown;
type Part<R extends Route, K extends 'path' | 'query'> = R['input'] extends { readonly [P in K]: infer S }
  ? Output<S>
  : unknown;

/** What was asked: path and query parameters by name, the parsed `body` (of a bulk change one element), and the version of If-Match where sent. */
export type InputOf<R extends Route> = Part<R, 'path'> &
  Part<R, 'query'> &
  (R extends { readonly each: infer S }
    ? { readonly body: Output<S> }
    : R['input'] extends { readonly body: infer S }
      ? { readonly body: Output<S> }
      : unknown) &
  (R['ifMatch'] extends 'required'
    ? { readonly ifMatch: number }
    : R['ifMatch'] extends 'optional'
      ? { readonly ifMatch?: number }
      : unknown);

type BodyOf<R extends Route> = R['answers'] extends { readonly body: infer S }
  ? S extends z.ZodType
    ? z.input<S>
    : never
  : undefined;

/** What a read answers. */
export interface Answer<B> {
  readonly body: B;
  /** Version for the ETag. */
  readonly version?: number;
}

/** What a change wants to happen: nothing has happened yet when a use case returns it. */
export interface Change<B> {
  /** Id of the thing changed, in the audit event. */
  readonly subject: string;
  readonly writes: readonly Write[];
  readonly body: B;
  readonly version?: number;
  /** Path of the new thing, answered as Location. */
  readonly location?: string;
  /** What the audit event adds: names of changed fields and the like. Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What became of one element of a bulk change. */
export interface Upserted {
  readonly outcome: 'created' | 'replaced' | 'unchanged';
  readonly id: string;
  readonly version: number;
}

export type ResultOf<R extends Route> = R extends { readonly each: z.ZodType }
  ? Change<Upserted>
  : R extends { readonly audit: string }
    ? Change<BodyOf<R>>
    : Answer<BodyOf<R>>;

/** A plain function of what it needs, who asks and what is asked. */
export type UseCase<R extends Route, Needs> = (needs: Needs, caller: Caller, input: InputOf<R>) => Promise<ResultOf<R>>;

/** Epoch milliseconds. */
export interface Clock {
  now(): number;
}

export const toIso = (epochMs: number): string => new Date(epochMs).toISOString();
