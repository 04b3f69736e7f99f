import * as z from 'zod';
import { defineRoute } from '../../kernel/define-route.ts';
import { Deploy, DeployInput } from '../../model/deploy.ts';
import { ServiceRef } from '../../model/service.ts';
import { Cursor, Limit, pageOf } from '../../model/words.ts';

const path = z.strictObject({ service: ServiceRef });

export const createDeploy = defineRoute({
  method: 'POST',
  path: '/v1/services/{service}/deploys',
  summary: 'Tell of a deploy of a service',
  permission: 'deploys:write',
  input: { path, body: DeployInput },
  answers: { status: 201, body: Deploy },
  errors: ['service-not-found'],
  audit: 'service.deployed',
  touches: { services: ['read', 'check'], deploys: 'change' },
});

export const listDeploys = defineRoute({
  method: 'GET',
  path: '/v1/services/{service}/deploys',
  summary: 'List the deploys of a service, newest first',
  permission: 'deploys:read',
  input: { path, query: z.strictObject({ limit: Limit, cursor: Cursor }) },
  answers: { status: 200, body: pageOf(Deploy).meta({ id: 'DeployPage' }) },
  errors: ['invalid-cursor', 'service-not-found'],
  touches: { services: 'read', deploys: 'read' },
});
