import * as z from 'zod';
import { defineRoute } from '../../kernel/define-route.ts';
import { errorCodes } from '../../kernel/errors.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';

export const readOpenApi = defineRoute({
  method: 'GET',
  path: '/v1/openapi.json',
  summary: 'This API as an OpenAPI 3.1 document',
  permission: 'public',
  input: {},
  answers: { status: 200, body: z.looseObject({ openapi: z.literal('3.1.0') }) },
  errors: [],
  touches: {},
});

const PageText = z.string().max(2_000_000).describe('HTML');

export const readReference = defineRoute({
  method: 'GET',
  path: '/docs',
  summary: 'This API as a page for people',
  permission: 'public',
  input: {},
  answers: { status: 200, body: PageText, html: { style: pageStyle, script: pageScript } },
  errors: [],
  touches: {},
});

export const readChangelog = defineRoute({
  method: 'GET',
  path: '/docs/changelog',
  summary: 'What has changed for callers, as a page for people',
  permission: 'public',
  input: {},
  answers: { status: 200, body: PageText, html: { style: pageStyle } },
  errors: [],
  touches: {},
});

export const listErrors = defineRoute({
  method: 'GET',
  path: '/docs/errors',
  summary: 'All errors, as a page for people',
  permission: 'public',
  input: {},
  answers: { status: 200, body: PageText, html: { style: pageStyle } },
  errors: [],
  touches: {},
});

/** Of another word there is no page: that is `route-not-found`, and not a request to correct. */
const ErrorWord = z.union(
  [
    z.enum(errorCodes),
    z
      .string()
      .max(63)
      .regex(/^[a-z]+(-[a-z]+)*$/, 'expected a code: lower-case letters and dashes'),
  ],
  'expected a code: lower-case letters and dashes',
);

export const readError = defineRoute({
  method: 'GET',
  path: '/docs/errors/{code}',
  summary: 'What an error means and what to do, as a page for people',
  permission: 'public',
  input: { path: z.strictObject({ code: ErrorWord.describe('The `code` of a problem document') }) },
  answers: { status: 200, body: PageText, html: { style: pageStyle } },
  errors: ['route-not-found'],
  touches: {},
});
