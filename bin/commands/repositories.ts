import type { Group } from '../command-line/command.ts';
import { withOwners, withPeople } from './named-things.ts';
import { list } from './of-route/list.ts';
import { remove } from './of-route/remove.ts';
import { send } from './of-route/send.ts';
import { show } from './of-route/show.ts';

export const repositories: Group = {
  name: 'repositories',
  summary: 'Where code is, and which team owns it',
  commands: [
    list({
      operation: 'listRepositories',
      what: 'repositories',
      columns: [
        ['id', 'whole'],
        ['name', 'cut'],
        ['url', 'cut'],
        ['owner', 'cut'],
      ],
      example: 'ringfence repositories list --owner payments',
      forPeople: withOwners,
    }),
    show({
      operation: 'readRepository',
      example: 'ringfence repositories show repo_7Qd0aXk2Lm9sT4Vb',
      forPeople: withPeople,
    }),
    send({
      name: 'create',
      operation: 'createRepository',
      example: 'ringfence repositories create --name checkout --url https://github.com/acme/checkout --owner payments',
    }),
    send({
      name: 'update',
      operation: 'updateRepository',
      example: 'ringfence repositories update repo_7Qd0aXk2Lm9sT4Vb --archived true',
      isChange: true,
    }),
    remove({
      name: 'delete',
      done: 'deleted',
      operation: 'deleteRepository',
      example: 'ringfence repositories delete repo_7Qd0aXk2Lm9sT4Vb',
    }),
  ],
};
