import { audit } from '../commands/audit.ts';
import { catalog } from '../commands/catalog.ts';
import { completion } from '../commands/completion.ts';
import { deploys } from '../commands/deploys.ts';
import { login } from '../commands/login.ts';
import { logout } from '../commands/logout.ts';
import { me } from '../commands/me.ts';
import { repositories } from '../commands/repositories.ts';
import { services } from '../commands/services.ts';
import { teams } from '../commands/teams.ts';
import { tenants } from '../commands/tenants.ts';
import { tokens } from '../commands/tokens.ts';
import { verify } from '../commands/verify.ts';
import type { Group } from './command.ts';

/** Every command there is. Parsing, help, completion and the check of docs/command-line.md come from this table. */
export const groups: readonly Group[] = [
  login,
  logout,
  me,
  services,
  teams,
  repositories,
  deploys,
  catalog,
  tokens,
  audit,
  tenants,
  verify,
  completion(() => groups),
];
