import { statSync } from 'node:fs';
import { createFunction } from '../lambda/lambda-function.ts';
import type { Resource } from '../template/create-stack.ts';
import { isObject, type JsonObject } from '../template/json.ts';
import { physicalName } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import { TwinError } from '../twin-error.ts';
import type { Building, Creator } from './building.ts';

/** AWS::Lambda::Function on a Node runtime, with its bundle from the assembly. Nothing starts before its first call. */
export const createLambdaFunction: Creator = (resource, building) => {
  const properties = propertiesOf(resource);
  const place = `${resource.stack}/${resource.logicalId}`;
  const name = properties.text('FunctionName', physicalName(resource.stack, resource.logicalId));
  const arn = `arn:aws:lambda:${building.region}:${building.account}:function:${name}`;
  const runtime = properties.text('Runtime', 'none');
  if (!runtime.startsWith('nodejs')) {
    throw new TwinError(`${place} has runtime ${runtime}.`, 'The twin runs nodejs runtimes only.');
  }
  if (properties.has('Layers'))
    throw new TwinError(`${place} has layers.`, 'Bundle what they hold: the twin knows none.');
  const logging = properties.object('LoggingConfig');
  const definition = {
    name,
    arn,
    origin: place,
    directory: bundleOf(resource, building),
    handler: properties.text('Handler'),
    runtime,
    variables: variablesOf(properties.object('Environment')),
    memoryMb: properties.number('MemorySize', 128),
    timeoutSeconds: properties.number('Timeout', 3),
    roleName: properties.text('Role').replace(/^.*\//, ''),
    logGroup: String(logging.LogGroup ?? `/aws/lambda/${name}`),
    logFormat: logging.LogFormat === 'JSON' ? ('JSON' as const) : ('Text' as const),
    ...(properties.has('ReservedConcurrentExecutions')
      ? { reservedConcurrency: properties.number('ReservedConcurrentExecutions', 0) }
      : {}),
  };
  building.functions.add(createFunction(definition, building.host));
  const { TargetArn } = properties.object('DeadLetterConfig');
  if (TargetArn !== undefined) building.messaging.asynchronous.setDeadLetters(name, TargetArn);
  return { ref: name, attributes: { Arn: arn } };
};

const bundleOf = (resource: Resource, building: Building): string => {
  const code = resource.properties.Code;
  const key = isObject(code) ? code.S3Key : undefined;
  const path = typeof key === 'string' ? building.asset(resource.stack, key) : undefined;
  if (path !== undefined && statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  throw new TwinError(
    `${resource.stack}/${resource.logicalId}: its code ${JSON.stringify(code)} is no folder of the assembly.`,
    'Synthesize with bundling, from a folder asset.',
  );
};

const variablesOf = (environment: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(isObject(environment.Variables) ? environment.Variables : {}).map(([name, value]) => [
      name,
      String(value),
    ]),
  );
