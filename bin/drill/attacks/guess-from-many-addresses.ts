import type { Attack } from '../attack.ts';
import { guesses } from '../guesses.ts';

export const guessFromManyAddresses: Attack = {
  name: 'guess-from-many-addresses',
  story: 'Sixty addresses try secrets for the tokens of one tenant, one each.',
  detection: 'authentication-failures-against-one-tenant',
  needs: 'twin',
  play: async (ground) => {
    const refused = await guesses(ground, 60, (n) => ({ from: `127.0.1.${n + 1}`, tenant: ground.tenant.id }));
    return `${refused} of 60 guesses refused`;
  },
};
