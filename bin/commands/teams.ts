import type { Group } from '../command-line/command.ts';
import { withOwners, withPeople } from './named-things.ts';
import { list } from './of-route/list.ts';
import { remove } from './of-route/remove.ts';
import { send } from './of-route/send.ts';
import { show } from './of-route/show.ts';

export const teams: Group = {
  name: 'teams',
  summary: 'Who owns services, and how to reach them',
  commands: [
    list({
      operation: 'listTeams',
      what: 'teams',
      columns: [
        ['id', 'whole'],
        ['name', 'cut'],
        ['aliases', 'cut'],
        ['type', 'whole'],
        ['parent', 'cut'],
      ],
      example: 'ringfence teams list --parent platform',
      forPeople: withOwners,
    }),
    show({ operation: 'readTeam', example: 'ringfence teams show payments', forPeople: withPeople }),
    send({
      name: 'create',
      operation: 'createTeam',
      example: 'ringfence teams create --name Payments --alias payments',
    }),
    send({
      name: 'update',
      operation: 'updateTeam',
      example: 'ringfence teams update payments --contact slack:#payments --member ada@acme.example',
      isChange: true,
    }),
    remove({ name: 'delete', done: 'deleted', operation: 'deleteTeam', example: 'ringfence teams delete payments' }),
  ],
};
