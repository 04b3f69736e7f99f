import { parseGatewayResponse } from '../gateway/gateway-response.ts';
import type { Resource } from '../template/create-stack.ts';
import { isObject, type JsonObject } from '../template/json.ts';
import { shortId } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import { TwinError } from '../twin-error.ts';
import type { ApiDraft, Building, Creator } from './building.ts';

/** AWS::ApiGateway::RestApi with an inline OpenAPI body. */
export const createRestApi: Creator = (resource, { apis }) => {
  const origin = `${resource.stack}/${resource.logicalId}`;
  const { Body } = resource.properties;
  if (!isObject(Body)) {
    throw new TwinError(
      `${origin} has no inline Body.`,
      'Define the API with ApiDefinition.fromInline: the twin reads no other form.',
    );
  }
  const id = shortId(origin);
  const name = propertiesOf(resource).text('Name', titleOf(Body));
  apis.set(id, { id, origin, name, body: Body, gatewayResponses: new Map() });
  return { ref: id, attributes: { RestApiId: id, RootResourceId: shortId(id, '/') } };
};

/** API Gateway names an API without a name after its document. */
const titleOf = ({ info }: JsonObject): string => (isObject(info) ? String(info.title ?? '') : '');

/** AWS::ApiGateway::GatewayResponse: wins over one of the same type in the body. */
export const createGatewayResponse: Creator = (resource, building) => {
  const type = propertiesOf(resource).text('ResponseType');
  apiOf(resource, building).gatewayResponses.set(type, parseGatewayResponse(resource.properties));
  return { ref: resource.logicalId, attributes: { Id: resource.logicalId } };
};

/** AWS::ApiGateway::Deployment: the twin serves the API as it stands; the deployment is only a name. */
export const createDeployment: Creator = (resource, building) => {
  const id = shortId(apiOf(resource, building).id, resource.logicalId);
  return { ref: id, attributes: { DeploymentId: id } };
};

/** AWS::ApiGateway::Stage. An API has one stage in the twin, and it is served at the root, as behind a domain. */
export const createStage: Creator = (resource, building) => {
  const properties = propertiesOf(resource);
  const api = apiOf(resource, building);
  if (api.stage) {
    throw new TwinError(
      `${api.origin} has stages ${api.stage.name} and ${properties.text('StageName')}.`,
      'Keep one: the twin serves one.',
    );
  }
  const variables = Object.entries(properties.object('Variables')).map(([name, value]) => [name, String(value)]);
  const accessLog = properties.object('AccessLogSetting');
  const [, group] = /:log-group:([^:]+)/.exec(String(accessLog.DestinationArn)) ?? [];
  api.stage = {
    name: properties.text('StageName'),
    variables: variables.length > 0 ? Object.fromEntries(variables) : null,
    methodSettings: properties.list('MethodSettings').filter(isObject),
    ...(group !== undefined && typeof accessLog.Format === 'string'
      ? { accessLog: { group, format: accessLog.Format } }
      : {}),
  };
  return { ref: api.stage.name, attributes: {} };
};

const apiOf = (resource: Resource, { apis }: Building): ApiDraft => {
  const id = propertiesOf(resource).text('RestApiId');
  const api = apis.get(id);
  if (api) return api;
  throw new TwinError(
    `${resource.stack}/${resource.logicalId} belongs to REST API ${id}, which no stack has.`,
    'Correct the stack.',
  );
};
