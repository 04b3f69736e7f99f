import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createCalls } from './calls.ts';
import { createCredentialsStore } from './credentials-store.ts';
import { openDataFolder } from './data-folder.ts';
import { dispatch, lost, type Parts } from './dispatch.ts';
import { startDynamoDb } from './dynamodb/dynamodb.ts';
import { createFaults } from './faults.ts';
import { listen, readRequest, send } from './http.ts';
import { createKms } from './kms/kms.ts';
import type { ObservedCall } from './observed-call.ts';
import { createBuckets } from './s3/bucket.ts';
import { createS3 } from './s3/s3.ts';
import { createSecrets } from './secretsmanager/secrets.ts';
import { createSecretsManager } from './secretsmanager/secrets-manager.ts';
import type { Service } from './service.ts';
import { createSts } from './sts/sts.ts';
import type { Endpoint, EndpointOptions, World } from './world.ts';

/**
 * Starts the local AWS SDK endpoint on 127.0.0.1: unmodified SDK clients reach it through `AWS_ENDPOINT_URL`. Every
 * call is authenticated by its signature and authorized against the world's policies before anything is done.
 */
export const startEndpoint = async (world: World, options: EndpointOptions = {}): Promise<Endpoint> => {
  const folder = openDataFolder(world.dataDir);
  const credentials = createCredentialsStore(world);
  const kms = createKms(world, folder.path);
  const secrets = createSecrets(world, folder.path);
  const buckets = createBuckets(world, folder.path, kms.keys);
  const dynamoDb = await startDynamoDb(world, folder.path, kms.keys).catch((error: unknown) => {
    folder.close();
    throw error;
  });
  const services = new Map<string, Service>();
  const addService = (service: Service): void => void services.set(service.name, service);
  for (const service of [dynamoDb.service, kms.service, createSts(world, credentials)]) addService(service);
  addService(createSecretsManager({ world, keys: kms.keys, secrets }));
  addService(createS3({ world, keys: kms.keys, buckets }));
  const observers = new Set<(call: ObservedCall) => void>();
  const parts: Parts = {
    world,
    credentials,
    calls: createCalls(),
    faults: createFaults(),
    services,
    observers,
  };

  const server = createServer((incoming, response) => {
    serve(parts, incoming, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await dynamoDb.close();
    folder.close();
  };
  const port = await listen(server, options.port ?? 0).catch(async (error: unknown) => {
    await stop();
    throw error;
  });

  return {
    url: `http://127.0.0.1:${port}`,
    credentials,
    calls: parts.calls,
    faults: parts.faults,
    addService,
    onCall: (observer) => void observers.add(observer),
    keys: kms.keys,
    secrets,
    buckets,
    createTable: dynamoDb.createTable,
    createKey: kms.createKey,
    createAlias: kms.createAlias,
    engine: dynamoDb.engine,
    sweepExpired: dynamoDb.sweepExpired,
    wasSwept: dynamoDb.wasSwept,
    streamQuestions: dynamoDb.streamQuestions,
    close: stop,
  };
};

const serve = async (parts: Parts, incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
  const requestId = randomUUID();
  const answer = await dispatch(parts, await readRequest(incoming), requestId);
  if (answer === lost) response.destroy();
  else send(response, answer, requestId, parts.world.clock.now());
};
