import { createDeploy } from '../../../lambdas/features/catalog/create-deploy.ts';
import { createRepository } from '../../../lambdas/features/catalog/create-repository.ts';
import { createService } from '../../../lambdas/features/catalog/create-service.ts';
import { createTeam } from '../../../lambdas/features/catalog/create-team.ts';
import { deleteRepository } from '../../../lambdas/features/catalog/delete-repository.ts';
import { deleteService } from '../../../lambdas/features/catalog/delete-service.ts';
import { deleteTeam } from '../../../lambdas/features/catalog/delete-team.ts';
import { deploysOf } from '../../../lambdas/features/catalog/deploys.ts';
import { listServices } from '../../../lambdas/features/catalog/list-services.ts';
import { listTeams } from '../../../lambdas/features/catalog/list-teams.ts';
import type { Needs } from '../../../lambdas/features/catalog/needs.ts';
import { readService } from '../../../lambdas/features/catalog/read-service.ts';
import { readTeam } from '../../../lambdas/features/catalog/read-team.ts';
import { replaceService } from '../../../lambdas/features/catalog/replace-service.ts';
import { replaceTeam } from '../../../lambdas/features/catalog/replace-team.ts';
import { repositoriesOf } from '../../../lambdas/features/catalog/repositories.ts';
import * as routes from '../../../lambdas/features/catalog/routes.ts';
import { servicesOf } from '../../../lambdas/features/catalog/services.ts';
import { teamsOf } from '../../../lambdas/features/catalog/teams.ts';
import { updateService } from '../../../lambdas/features/catalog/update-service.ts';
import { updateTeam } from '../../../lambdas/features/catalog/update-team.ts';
import type { Route } from '../../../lambdas/kernel/define-route.ts';
import { Failure } from '../../../lambdas/kernel/errors.ts';
import { type NewId, TokenId, UserId } from '../../../lambdas/kernel/id.ts';
import { permissionsOf } from '../../../lambdas/kernel/permissions.ts';
import type { Answer, Caller, Change, InputOf, UseCase } from '../../../lambdas/kernel/use-case.ts';
import { memorySession } from './memory-session.ts';

export const startMs = Date.UTC(2026, 10, 2, 8);

/** The catalog of one tenant, every use case of it as a function of what a customer sends. */
export const catalogWorld = () => {
  const memory = memorySession();
  let made = 0;
  const time = { nowMs: startMs };
  const newId = ((kind: string) => {
    made += 1;
    return `${kind}_${String(made).padStart(16, '0')}`;
  }) as NewId;
  const needs: Needs = {
    services: servicesOf(memory.session),
    teams: teamsOf(memory.session),
    repositories: repositoriesOf(memory.session),
    deploys: deploysOf(memory.session),
    clock: { now: () => time.nowMs },
    newId,
  };
  const caller: Caller = {
    tenant: memory.session.tenant,
    principal: UserId.parse('usr_AAAAAAAA'),
    credential: TokenId.parse('tok_AAAAAAAA00000000'),
    role: 'member',
    permissions: permissionsOf.member,
  };

  /** Parses as `serve` does, so that a use case gets only what it can get. */
  const inputOf = <R extends Route>(route: R, sent: Sent): InputOf<R> => {
    const { body, ifMatch, ...parameters } = sent;
    const { input } = route;
    return {
      ...(input.path?.parse(parameters) as object),
      ...(input.query?.parse(parameters) as object),
      ...(input.body && { body: input.body.parse(body) }),
      ...(ifMatch !== undefined && { ifMatch }),
    } as InputOf<R>;
  };
  const reads =
    <R extends Route, A extends Answer<unknown>>(
      route: R,
      useCase: (n: Needs, c: Caller, i: InputOf<R>) => Promise<A>,
    ) =>
    (sent: Sent = {}): Promise<A> =>
      useCase(needs, caller, inputOf(route, sent));
  const changes =
    <R extends Route, C extends Change<unknown>>(
      route: R,
      useCase: (n: Needs, c: Caller, i: InputOf<R>) => Promise<C>,
    ) =>
    async (sent: Sent = {}): Promise<C> => {
      const change = await useCase(needs, caller, inputOf(route, sent));
      memory.commit(change.writes);
      return change;
    };

  return {
    ...memory,
    time,
    needs,
    caller,
    /** What a use case wants to happen, without it happening: the first half of a race. */
    intends: <R extends Route>(route: R, useCase: UseCase<R, Needs>, sent: Sent) =>
      useCase(needs, caller, inputOf(route, sent)),
    createService: changes(routes.createService, createService),
    readService: reads(routes.readService, readService),
    replaceService: changes(routes.replaceService, replaceService),
    deleteService: changes(routes.deleteService, deleteService),
    listServices: reads(routes.listServices, listServices),
    createTeam: changes(routes.createTeam, createTeam),
    readTeam: reads(routes.readTeam, readTeam),
    replaceTeam: changes(routes.replaceTeam, replaceTeam),
    createRepository: changes(routes.createRepository, createRepository),
    createDeploy: changes(routes.createDeploy, createDeploy),
    updateService: changes(routes.updateService, updateService),
    updateTeam: changes(routes.updateTeam, updateTeam),
    deleteRepository: changes(routes.deleteRepository, deleteRepository),
    deleteTeam: changes(routes.deleteTeam, deleteTeam),
    listTeams: reads(routes.listTeams, listTeams),
  };
};

export type Sent = Readonly<Record<string, unknown>>;

/** The code a promise fails with; `done` when it does not. */
export const outcome = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof Failure ? error.code : Promise.reject(error)),
  );
