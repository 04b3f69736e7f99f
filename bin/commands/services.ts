import type { Group } from '../command-line/command.ts';
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
        ['lifecycle', 'whole'],
        ['owner', 'whole'],
      ],
      example: 'ringfence services list --tier 1 --lifecycle production',
    }),
    show({ operation: 'readService', example: 'ringfence services show checkout' }),
    send({
      name: 'create',
      operation: 'createService',
      example: 'ringfence services create --name Checkout --alias checkout --tier 1',
    }),
    remove({
      name: 'delete',
      done: 'deleted',
      operation: 'deleteService',
      example: 'ringfence services delete checkout',
    }),
  ],
};
