import * as z from 'zod';
import { defineRoute, type Operation, operationsOf } from '../../../lambdas/kernel/define-route.ts';

/** A route that is to go, and the one that takes its place. */
export const routes = {
  listOld: defineRoute({
    method: 'GET',
    path: '/v1/old',
    summary: 'List <old> things & "others"',
    permission: 'public',
    input: { query: z.strictObject({ word: z.string().max(9).describe('<b>bold</b>').optional() }) },
    answers: { status: 200, body: z.strictObject({ name: z.string().max(9) }).meta({ id: 'Old' }) },
    errors: [],
    touches: {},
    deprecated: { since: '2027-01-01', sunset: '2027-07-01', instead: 'listNew' },
  }),
  listNew: defineRoute({
    method: 'GET',
    path: '/v1/new',
    summary: 'List new things',
    permission: 'services:read',
    input: {},
    answers: { status: 200, body: z.strictObject({ name: z.string().max(9) }).meta({ id: 'New' }) },
    errors: [],
    touches: {},
  }),
};

export const madeUp: readonly Operation[] = operationsOf('made-up', routes);
