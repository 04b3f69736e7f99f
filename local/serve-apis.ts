import { parseApi } from './gateway/api-definition.ts';
import { startHttpServer } from './gateway/http-server.ts';
import { createRestApi, type RequestSeen, type RestApi } from './gateway/rest-api.ts';
import { createThrottle, type Throttle } from './gateway/throttle.ts';
import { invokeAsService } from './lambda/invoke-as-service.ts';
import type { ApiDraft, Building } from './resources/building.ts';
import { TwinError } from './twin-error.ts';
import type { LogLine } from './types.ts';

/** API Gateway's payload limit. */
const bodyBytesMax = 10 * 1024 * 1024;

export interface ServedApi {
  readonly id: string;
  /** `<stack>/<logical id>` */
  readonly origin: string;
  readonly stage: string;
  readonly url: string;
  readonly api: RestApi;
  readonly throttle: Throttle;
}

export interface ServeOptions {
  readonly port: number;
  readonly write: (line: LogLine) => void;
  readonly onRequest: (seen: RequestSeen) => void;
}

/** Serves every REST API that has a stage: the first at `port`, further ones at free ports. */
export const serveApis = async (
  building: Building,
  { port, write, onRequest }: ServeOptions,
): Promise<readonly ServedApi[]> => {
  const served: ServedApi[] = [];
  for (const draft of building.apis.values()) {
    if (!draft.stage) continue;
    const throttle = createThrottle(draft.stage.methodSettings);
    const api = restApiOf(draft, draft.stage, throttle, building, { write, onRequest });
    const server = await startHttpServer({ port: served.length === 0 ? port : 0, bodyBytesMax, answer: api.answer });
    building.servers.push(server);
    served.push({ id: draft.id, origin: draft.origin, stage: draft.stage.name, url: server.url, api, throttle });
  }
  return served;
};

const restApiOf = (
  draft: ApiDraft,
  stage: NonNullable<ApiDraft['stage']>,
  throttle: Throttle,
  building: Building,
  { write, onRequest }: Omit<ServeOptions, 'port'>,
): RestApi => {
  const { account, region, clock, functions } = building;
  const api = parseApi(draft.origin, draft.body);
  for (const { method, path, functionArn } of api.routes) {
    if (functions.find(functionArn)) continue;
    throw new TwinError(
      `${draft.origin}: ${method} ${path} points at ${functionArn}, which no stack has.`,
      'Correct the stack.',
    );
  }
  return createRestApi({
    origin: draft.origin,
    api,
    gatewayResponses: new Map([...api.gatewayResponses, ...draft.gatewayResponses]),
    place: { account, region, apiId: draft.id, stage: stage.name },
    stageVariables: stage.variables,
    ...(stage.accessLog ? { accessLog: stage.accessLog } : {}),
    throttle,
    apiName: draft.name,
    measured: building.watch.measured,
    clock,
    invoke: invokeAsService(functions, 'apigateway.amazonaws.com', account, building.trail.invoked),
    write,
    onRequest,
  });
};
