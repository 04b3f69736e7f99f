import type { NewId } from '../../kernel/id.ts';
import type { Clock } from '../../kernel/use-case.ts';
import type { Deploys } from './deploys.ts';
import type { Repositories } from './repositories.ts';
import type { Services } from './services.ts';
import type { Teams } from './teams.ts';

/** All that the use cases of the catalog may reach. */
export interface Needs {
  readonly services: Services;
  readonly teams: Teams;
  readonly repositories: Repositories;
  readonly deploys: Deploys;
  readonly clock: Clock;
  readonly newId: NewId;
}
