/** A program of a customer's that knows the API by a generated client alone. It ends with what it was answered. */
export const program = `
import createClient from 'openapi-fetch';
import type { components, paths } from './api.js';

declare const process: { readonly argv: readonly string[] };
const [, , baseUrl = '', token = ''] = process.argv;
const client = createClient<paths>({ baseUrl, headers: { Authorization: \`Bearer \${token}\` } });

const made = await client.POST('/v1/teams', { body: { name: 'Generated', aliases: ['generated'] } });
const team: components['schemas']['Team'] | undefined = made.data;
const read = await client.GET('/v1/teams/{team}', { params: { path: { team: 'generated' } } });
const patched = await client.PATCH('/v1/teams/{team}', {
  params: { path: { team: 'generated' }, header: { 'If-Match': read.response.headers.get('ETag') ?? '' } },
  body: { description: 'By a generated client' },
});
const missing = await client.GET('/v1/services/{service}', { params: { path: { service: 'nothing' } } });
const code: string | undefined = missing.error?.code;

export const misused = () => [
  // @ts-expect-error a name is needed
  client.POST('/v1/teams', { body: {} }),
  // @ts-expect-error tiers are numbers
  client.POST('/v1/services', { body: { name: 'A', tier: 'high' } }),
  // @ts-expect-error If-Match is needed
  client.PUT('/v1/teams/{team}', { params: { path: { team: 'a' } }, body: { name: 'A' } }),
  // @ts-expect-error there is no such route
  client.GET('/v1/nothing'),
];

console.log(
  JSON.stringify({
    made: made.response.status,
    same: team?.id !== undefined && read.data?.id === team.id,
    description: patched.data?.description,
    code,
  }),
);
`;
