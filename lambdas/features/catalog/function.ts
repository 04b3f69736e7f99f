import { clock } from '../../platform/clock.ts';
import { newId } from '../../platform/random.ts';
import { serve } from '../../platform/serve.ts';
import { createDeploy } from './create-deploy.ts';
import { createRepository } from './create-repository.ts';
import { createService } from './create-service.ts';
import { createTeam } from './create-team.ts';
import { deleteRepository } from './delete-repository.ts';
import { deleteService } from './delete-service.ts';
import { deleteTeam } from './delete-team.ts';
import { deploysOf } from './deploys.ts';
import { listDeploys } from './list-deploys.ts';
import { listRepositories } from './list-repositories.ts';
import { listServices } from './list-services.ts';
import { listTeams } from './list-teams.ts';
import type { Needs } from './needs.ts';
import { readRepository } from './read-repository.ts';
import { readService } from './read-service.ts';
import { readTeam } from './read-team.ts';
import { replaceRepository } from './replace-repository.ts';
import { replaceService } from './replace-service.ts';
import { replaceTeam } from './replace-team.ts';
import { repositoriesOf } from './repositories.ts';
import * as routes from './routes.ts';
import { servicesOf } from './services.ts';
import { teamsOf } from './teams.ts';
import { updateRepository } from './update-repository.ts';
import { updateService } from './update-service.ts';
import { updateTeam } from './update-team.ts';
import { upsertRepositories } from './upsert-repositories.ts';
import { upsertServices } from './upsert-services.ts';
import { upsertTeams } from './upsert-teams.ts';

export const handler = serve<typeof routes, Needs>(
  routes,
  {
    createService,
    listServices,
    readService,
    replaceService,
    updateService,
    deleteService,
    upsertServices,
    createTeam,
    listTeams,
    readTeam,
    replaceTeam,
    updateTeam,
    deleteTeam,
    upsertTeams,
    createRepository,
    listRepositories,
    readRepository,
    replaceRepository,
    updateRepository,
    deleteRepository,
    upsertRepositories,
    createDeploy,
    listDeploys,
  },
  (session) => ({
    services: servicesOf(session),
    teams: teamsOf(session),
    repositories: repositoriesOf(session),
    deploys: deploysOf(session),
    clock,
    newId,
  }),
);
