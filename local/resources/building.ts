import type { Endpoint, Role } from '../aws/world.ts';
import type { GatewayResponse } from '../gateway/gateway-response.ts';
import type { HttpServer } from '../gateway/http-server.ts';
import type { FunctionRegistry } from '../lambda/function-registry.ts';
import type { FunctionHost } from '../lambda/lambda-function.ts';
import type { Messaging } from '../messaging/messaging.ts';
import type { Streams } from '../streams/create-streams.ts';
import type { Made, Resource } from '../template/create-stack.ts';
import type { JsonObject } from '../template/json.ts';
import type { Trail } from '../trail/trail.ts';
import type { Clock, PolicyDocument } from '../types.ts';
import type { Watch } from '../watch/watch.ts';

/** What resources are made into: the parts of the twin under construction. */
export interface Building {
  readonly account: string;
  readonly region: string;
  readonly clock: Clock;
  readonly endpoint: Endpoint;
  readonly watch: Watch;
  readonly messaging: Messaging;
  readonly trail: Trail;
  readonly streams: Streams;
  readonly host: FunctionHost;
  /** By role name. */
  readonly roles: Map<string, Role>;
  /** Customer-managed policies by ARN. */
  readonly managedPolicies: Map<string, PolicyDocument>;
  readonly functions: FunctionRegistry;
  /** By name. */
  readonly logGroups: Map<string, LogGroup>;
  /** By id. */
  readonly apis: Map<string, ApiDraft>;
  /** Servers to stop with the twin. */
  readonly servers: HttpServer[];
  /** Resources that the twin accepts and does nothing for. */
  readonly inert: Resource[];
  /** The file or folder of an asset of a stack. */
  asset(stack: string, objectKey: string): string | undefined;
}

export interface LogGroup {
  readonly name: string;
  readonly retentionDays?: number;
  readonly keyArn?: string;
}

/** A REST API while its parts are made; it is served when all stacks are. */
export interface ApiDraft {
  readonly id: string;
  /** `<stack>/<logical id>` */
  readonly origin: string;
  readonly name: string;
  readonly body: JsonObject;
  readonly gatewayResponses: Map<string, GatewayResponse>;
  stage?: StageDraft;
}

export interface StageDraft {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>> | null;
  readonly methodSettings: readonly JsonObject[];
  readonly accessLog?: { readonly group: string; readonly format: string };
}

/** Makes resources of one type. */
export type Creator = (resource: Resource, building: Building) => Made | Promise<Made>;
