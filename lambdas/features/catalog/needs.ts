import type { NewId } from '../../kernel/id.ts';
import type { Clock } from '../../kernel/use-case.ts';
import type { Services } from './services.ts';
import type { Teams } from './teams.ts';

/** All that the use cases of the catalog may reach. */
export interface Needs {
  readonly services: Services;
  readonly teams: Teams;
  readonly clock: Clock;
  readonly newId: NewId;
}
