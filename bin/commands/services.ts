import type { Group } from '../command-line/command.ts';
import { withOwners, withPeople } from './named-things.ts';
import { list } from './of-route/list.ts';
import { remove } from './of-route/remove.ts';
import { send } from './of-route/send.ts';
import { show } from './of-route/show.ts';

export const services: Group = {
  name: 'services',
  summary: 'Which services exist, who owns them, how much they matter',
  commands: [
    list({
      operation: 'listServices',
      what: 'services',
      columns: [
        ['id', 'whole'],
        ['name', 'cut'],
        ['aliases', 'cut'],
        ['tier', 'whole'],
        ['type', 'whole'],
        ['lifecycle', 'whole'],
        ['owner', 'cut'],
      ],
      example: 'ringfence services list --tier 1 --owner payments',
      forPeople: withOwners,
    }),
    show({ operation: 'readService', example: 'ringfence services show checkout', forPeople: withPeople }),
    send({
      name: 'create',
      operation: 'createService',
      example: 'ringfence services create --name Checkout --alias checkout --tier 1',
    }),
    send({
      name: 'update',
      operation: 'updateService',
      example: 'ringfence services update checkout --tier 2 --owner payments',
      isChange: true,
    }),
    remove({
      name: 'delete',
      done: 'deleted',
      operation: 'deleteService',
      example: 'ringfence services delete checkout',
    }),
  ],
};
