import type { TenantId, TokenId, UserId } from '../kernel/id.ts';
import { idLengths } from '../kernel/id-kinds.ts';
import { formatToken, secretOf } from '../model/token-format.ts';
import { environment } from './environment.ts';
import { randomBytes, randomWord } from './random.ts';
import { hashSecret } from './secret-hash.ts';

/** A new token of a user: the token itself, to be shown once, and the hash to keep. */
export const mintToken = async (
  tenant: TenantId,
  user: UserId,
): Promise<{ readonly id: TokenId; readonly token: string; readonly hash: string }> => {
  const id = `tok_${user.slice('usr_'.length)}${randomWord(idLengths.tok - idLengths.usr)}` as TokenId;
  const secret = secretOf(randomBytes(32));
  return { id, token: formatToken(tenant, id, secret), hash: await hashSecret(secret, environment.tokenCost()) };
};
