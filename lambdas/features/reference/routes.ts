import * as z from 'zod';
import { defineRoute } from '../../kernel/define-route.ts';

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
