import type { Attack } from '../attack.ts';
import type { Ground } from '../ground.ts';

const functionOf = ({ stage }: Ground): string => `ringfence-${stage}-catalog`;

export const boundaryProbed: Attack = {
  name: 'boundary-probed',
  story: "Hostile code in the catalog's function asks for another tenant's items, in its own tenant's session.",
  detection: 'tenant-boundary-touched',
  needs: 'twin',
  play: async (ground) => {
    await ground.inside.replaceCode(functionOf(ground), 'test/security/hostile/obedient.ts');
    const order = {
      command: 'GetItem',
      input: {
        TableName: `ringfence-${ground.stage}-records`,
        Key: { pk: { S: `${ground.other.id}#services` }, sk: { S: 'svc_1' } },
      },
    };
    const { body } = await ground.ask('POST', '/v1/services', { token: ground.tenant.token, body: order });
    return `GetItem on another tenant's key: ${String(body.error ?? 'GRANTED')}`;
  },
  undo: (ground) => ground.inside.replaceCode(functionOf(ground), undefined),
};
