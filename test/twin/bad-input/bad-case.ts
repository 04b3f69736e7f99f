import { z } from 'zod';
import { contract, type ErrorCode, type Operation } from '../../../lambdas/contract.ts';
import type { Sent } from './sent.ts';

/** One way to spoil a request, and what must be answered. */
export interface BadCase {
  /** Ends the sentence: a request with … */
  readonly name: string;
  readonly applies: (route: Operation) => boolean;
  readonly spoil: (sent: Sent, route: Operation, token: string) => Sent;
  readonly code: ErrorCode;
  /** The field that the answer names; absent where the gateway answers, which knows no fields. */
  readonly field?: string | ((route: Operation) => string);
}

export const always = (): boolean => true;
export const hasBody = ({ input }: Operation): boolean => input.body !== undefined;
/** Whether a route's body has a property. */
export const takes = ({ input }: Operation, name: string): boolean =>
  input.body instanceof z.ZodObject && name in input.body.shape;
export const hasNoBody = (route: Operation): boolean => !hasBody(route);
export const isPost = ({ method }: Operation): boolean => method === 'POST';
/** Whether a path knows a method. */
export const knows = (path: string, method: string): boolean =>
  contract.some((route) => route.path === path && route.method === method);
export const isItem = ({ path }: Operation): boolean => path.includes('{');
export const hasParameter =
  (name: string) =>
  ({ input }: Operation): boolean =>
    input.query instanceof z.ZodObject && name in input.query.shape;

/** `path.service` */
export const itemField = ({ path }: Operation): string => `path.${/\{(\w+)\}/.exec(path)?.[1]}`;
