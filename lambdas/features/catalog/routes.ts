export * from './deploy-routes.ts';
export * from './repository-routes.ts';
export * from './service-routes.ts';
export * from './team-routes.ts';
