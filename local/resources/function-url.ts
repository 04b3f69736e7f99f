import { answerFunctionUrl } from '../gateway/function-url.ts';
import { startHttpServer } from '../gateway/http-server.ts';
import { shortId } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Creator } from './building.ts';
import { functionNamed } from './lambda-permission.ts';

/** Lambda's limit of a synchronous payload. */
const bodyBytesMax = 6 * 1024 * 1024;

/** AWS::Lambda::Url: a server of its own on a free port; its attribute `FunctionUrl` is that address. */
export const createFunctionUrl: Creator = async (resource, building) => {
  const properties = propertiesOf(resource);
  const target = functionNamed(resource, properties.text('TargetFunctionArn'), building);
  const { account, region, clock, endpoint } = building;
  const urlId = shortId(resource.stack, resource.logicalId);
  const authType = properties.text('AuthType') === 'NONE' ? 'NONE' : 'AWS_IAM';
  const options = {
    place: { account, region, urlId },
    authType,
    target,
    credentials: endpoint.credentials,
    clock,
  } as const;
  const server = await startHttpServer({
    port: 0,
    bodyBytesMax,
    answer: (request) => answerFunctionUrl(request, options),
  });
  building.servers.push(server);
  const { arn } = target.run.definition;
  return { ref: arn, attributes: { FunctionUrl: `${server.url}/`, FunctionArn: arn } };
};
