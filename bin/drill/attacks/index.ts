import type { Attack } from '../attack.ts';
import { auditEventOverwritten } from './audit-event-overwritten.ts';
import { boundaryProbed } from './boundary-probed.ts';
import { guessFromManyAddresses } from './guess-from-many-addresses.ts';
import { guessFromOneAddress } from './guess-from-one-address.ts';
import { pastTheAuthorizer } from './past-the-authorizer.ts';
import { replayAfterRevocation } from './replay-after-revocation.ts';
import { rootUsed } from './root-used.ts';
import { tableReadByHuman } from './table-read-by-human.ts';
import { trailTampered } from './trail-tampered.ts';

export const attacks: readonly Attack[] = [
  guessFromOneAddress,
  guessFromManyAddresses,
  replayAfterRevocation,
  boundaryProbed,
  pastTheAuthorizer,
  auditEventOverwritten,
  tableReadByHuman,
  trailTampered,
  rootUsed,
];
