import type { Group } from '../command-line/command.ts';
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
      ],
      example: 'ringfence teams list',
    }),
    show({ operation: 'readTeam', example: 'ringfence teams show payments' }),
    send({
      name: 'create',
      operation: 'createTeam',
      example: 'ringfence teams create --name Payments --alias payments',
    }),
    remove({ name: 'delete', done: 'deleted', operation: 'deleteTeam', example: 'ringfence teams delete payments' }),
  ],
};
