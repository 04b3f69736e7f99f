import type { Group } from '../command-line/command.ts';
import { list } from './of-route/list.ts';
import { send } from './of-route/send.ts';

export const deploys: Group = {
  name: 'deploys',
  summary: 'What was deployed where, and when',
  commands: [
    list({
      operation: 'listDeploys',
      what: 'deploys',
      columns: [
        ['at', 'whole'],
        ['environment', 'cut'],
        ['version', 'cut'],
        ['status', 'whole'],
        ['author', 'cut'],
        ['reviewer', 'cut'],
        ['commit', 'cut'],
      ],
      example: 'ringfence deploys list checkout --limit 5',
    }),
    send({
      name: 'create',
      operation: 'createDeploy',
      example: 'ringfence deploys create checkout --environment production --version 1.4.2',
    }),
  ],
};
