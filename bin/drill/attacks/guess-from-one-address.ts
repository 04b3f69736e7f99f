import type { Attack } from '../attack.ts';
import { guesses } from '../guesses.ts';

export const guessFromOneAddress: Attack = {
  name: 'guess-from-one-address',
  story: 'One address tries invented tokens of many tenants.',
  detection: 'authentication-failures-from-one-address',
  needs: 'anywhere',
  play: async (ground) => {
    const refused = await guesses(ground, 60, () => ({ from: '127.0.0.66' }));
    return `${refused} of 60 guesses refused`;
  },
};
