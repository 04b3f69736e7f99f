import { functions, type Touches, touchesOf } from '../../lambdas/functions.ts';
import { makesDataKeys, opensDataKeys, sealingGrants } from '../constructs/sealing-grants.ts';
import { tenantRoleName } from '../names.ts';
import type { Stage } from '../stage.ts';
import type { Statement } from '../statement.ts';
import { administered, usedBy } from './administration.ts';

/** The key over all tenants' data keys. The key itself, not only the roles, ties a session to its own tenant. */
export const sealingKeyPolicy = (stage: Stage): readonly Statement[] => {
  const roles = (does: (touches: Touches) => boolean) =>
    functions.filter((spec) => does(touchesOf(spec))).map((spec) => tenantRoleName(stage, spec));
  const rolesFor = { MakeDataKeys: roles(makesDataKeys), OpenDataKeys: roles(opensDataKeys) };
  return [
    administered(stage),
    ...sealingGrants({ 'data-keys': 'change' }, '*').flatMap((statement) =>
      usedBy(stage, rolesFor[statement.Sid as keyof typeof rolesFor], statement),
    ),
  ];
};
