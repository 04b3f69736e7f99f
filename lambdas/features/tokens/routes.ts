import * as z from 'zod';
import { defineRoute } from '../../kernel/define-route.ts';
import { TokenId } from '../../kernel/id.ts';
import { IssuedToken, RotationInput, TokenInput, TokenView } from '../../model/token.ts';
import { Cursor, Limit, pageOf } from '../../model/words.ts';

export const issueToken = defineRoute({
  method: 'POST',
  path: '/v1/tokens',
  summary: 'Issue an API token; it is shown once',
  permission: 'tokens:issue',
  sensitive: true,
  input: { body: TokenInput },
  answers: { status: 201, body: IssuedToken, shownOnce: ['token'] },
  errors: ['token-exceeds-issuer'],
  audit: 'token.issued',
  touches: { tokens: ['read', 'add'] },
});

export const listTokens = defineRoute({
  method: 'GET',
  path: '/v1/tokens',
  summary: 'List API tokens, without their secrets',
  permission: 'tokens:read',
  input: { query: z.strictObject({ limit: Limit, cursor: Cursor }) },
  answers: { status: 200, body: pageOf(TokenView).meta({ id: 'TokenPage' }) },
  errors: ['invalid-cursor'],
  touches: { tokens: 'read' },
});

export const rotateToken = defineRoute({
  method: 'POST',
  path: '/v1/tokens/{tokenId}/rotate',
  summary: 'Issue a token in the place of one of your own, which stays good for an overlap',
  permission: 'tokens:issue',
  sensitive: true,
  input: { path: z.strictObject({ tokenId: TokenId }), body: RotationInput },
  answers: { status: 201, body: IssuedToken, shownOnce: ['token'] },
  errors: ['token-not-found', 'token-exceeds-issuer', 'version-mismatch'],
  audit: 'token.rotated',
  touches: { tokens: 'change' },
});

export const revokeToken = defineRoute({
  method: 'DELETE',
  path: '/v1/tokens/{tokenId}',
  summary: 'Revoke an API token',
  permission: 'tokens:revoke',
  sensitive: true,
  input: { path: z.strictObject({ tokenId: TokenId }) },
  answers: { status: 204 },
  errors: ['token-not-found', 'version-mismatch'],
  audit: 'token.revoked',
  touches: { tokens: 'change' },
});
