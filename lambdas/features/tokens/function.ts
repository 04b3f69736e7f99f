import { clock } from '../../platform/clock.ts';
import { reportSecurityEvent } from '../../platform/log.ts';
import { mintToken } from '../../platform/mint-token.ts';
import { serve } from '../../platform/serve.ts';
import { issueToken } from './issue-token.ts';
import { listTokens } from './list-tokens.ts';
import type { Needs } from './needs.ts';
import { revokeToken } from './revoke-token.ts';
import { rotateToken } from './rotate-token.ts';
import * as routes from './routes.ts';
import { tokensOf } from './tokens.ts';

export const handler = serve<typeof routes, Needs>(
  routes,
  { issueToken, listTokens, rotateToken, revokeToken },
  (session) => ({
    tokens: tokensOf(session),
    clock,
    mint: mintToken,
    report: reportSecurityEvent,
  }),
);
