import type { TenantId, TokenId, UserId } from '../../kernel/id.ts';
import type { SecurityEvent } from '../../kernel/security-event.ts';
import type { Clock } from '../../kernel/use-case.ts';
import type { Tokens } from './tokens.ts';

export interface Needs {
  readonly tokens: Tokens;
  readonly clock: Clock;
  /** Tells the detections. */
  readonly report: (event: SecurityEvent) => void;
  /** Makes a token of a user: the token itself, to be shown once, and what is kept of it. */
  readonly mint: (
    tenant: TenantId,
    user: UserId,
  ) => Promise<{ readonly id: TokenId; readonly token: string; readonly hash: string }>;
}
