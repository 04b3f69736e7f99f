import { clock } from '../../platform/clock.ts';
import { newId } from '../../platform/random.ts';
import { serve } from '../../platform/serve.ts';
import { createService } from './create-service.ts';
import { createTeam } from './create-team.ts';
import { deleteService } from './delete-service.ts';
import { deleteTeam } from './delete-team.ts';
import { listServices } from './list-services.ts';
import { listTeams } from './list-teams.ts';
import type { Needs } from './needs.ts';
import { readService } from './read-service.ts';
import { readTeam } from './read-team.ts';
import { replaceService } from './replace-service.ts';
import { replaceTeam } from './replace-team.ts';
import * as routes from './routes.ts';
import { servicesOf } from './services.ts';
import { teamsOf } from './teams.ts';

export const handler = serve<typeof routes, Needs>(
  routes,
  {
    createService,
    listServices,
    readService,
    replaceService,
    deleteService,
    createTeam,
    listTeams,
    readTeam,
    replaceTeam,
    deleteTeam,
  },
  (session) => ({ services: servicesOf(session), teams: teamsOf(session), clock, newId }),
);
