import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  App,
  aws_apigateway as apigateway,
  CfnOutput,
  CfnResource,
  Duration,
  aws_dynamodb as dynamodb,
  aws_iam as iam,
  aws_kms as kms,
  aws_lambda as lambda,
  aws_logs as logs,
  Stack,
} from 'aws-cdk-lib';

/** The fixture's bundles are not bundled: they load the SDK from where it is installed. */
const resolveModule = createRequire(join(process.cwd(), 'package.json')).resolve;

/** Handlers of a small app that has one of each thing the twin must run. Written as bundles are: CommonJS. */
const handlers: Readonly<Record<string, string>> = {
  authorizer: `
    let calls = 0;
    exports.handler = async (event) => {
      calls += 1;
      console.log('authorizing', event.type);
      const word = event.authorizationToken.slice('Bearer '.length);
      if (word === 'unauthorized') throw new Error('Unauthorized');
      if (word === 'broken') throw new Error('no idea');
      if (word === 'nonsense') return { principalId: 'x' };
      const api = event.methodArn.split('/').slice(0, 2).join('/');
      const statement = (Effect, Resource) => ({ Action: 'execute-api:Invoke', Effect, Resource });
      return {
        principalId: word,
        policyDocument: { Version: '2012-10-17', Statement: [
          ...(word === 'nobody' ? [] : [statement('Allow', api + '/*')]),
          ...(word === 'reader' ? [statement('Deny', api + '/POST/*')] : []),
          ...(word === 'nobody' ? [statement('Allow', 'arn:aws:execute-api:*:*:other/*')] : []),
        ] },
        context: { tenant: word, calls, admin: word === 'admin' },
      };
    };`,
  echo: `
    console.log('loaded');
    exports.handler = async (event, context) => ({
      statusCode: 200,
      headers: { 'X-One': '1', 'WWW-Authenticate': 'mine' },
      multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
      body: JSON.stringify({ event, now: Date.now(), newDate: new Date().getTime(), isDate: new Date() instanceof Date,
        requestId: context.awsRequestId, arn: context.invokedFunctionArn, left: context.getRemainingTimeInMillis(),
        env: process.env }),
    });`,
  misbehave: `
    exports.handler = async (event) => {
      const how = event.pathParameters?.how ?? event.how;
      console.log('about to', how);
      if (how === 'throw') throw new TypeError('broken');
      if (how === 'exit') process.exit(3);
      if (how === 'spin') for (;;);
      if (how === 'hang') await new Promise(() => setInterval(() => {}, 1000));
      if (how === 'memory') { const all = []; for (;;) all.push(new Array(1e6).fill(Math.random())); }
      if (how === 'malformed') return { status: 200, text: 'no' };
      if (how === 'text') return 'no';
      if (how === 'later') setTimeout(() => { throw new Error('after the answer'); }, 20);
      return { statusCode: 200, body: 'fine' };
    };`,
  slow: `
    let inside = 0;
    exports.handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { statusCode: 200, body: String(++inside) };
    };`,
  items: `
    const { DynamoDBClient, PutItemCommand, GetItemCommand } = require('@aws-sdk/client-dynamodb');
    const client = new DynamoDBClient({});
    const TableName = process.env.TABLE;
    exports.handler = async (event) => {
      const pk = { S: event.pathParameters.id };
      if (event.httpMethod === 'PUT') await client.send(new PutItemCommand({ TableName, Item: { pk, body: { S: event.body } } }));
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: { pk } }));
      return { statusCode: Item ? 200 : 404, body: Item?.body.S ?? '' };
    };`,
  url: `exports.handler = async (event) => ({ statusCode: 201, headers: { 'X-Url': 'yes' }, body: JSON.stringify(event) });`,
};

export interface FixtureOptions {
  /** Where to write the assembly. */
  readonly directory: string;
  /** Adds a resource of this type, which nobody knows. */
  readonly unknownType?: string;
}

/** Synthesizes the app: a stack with table and key, and one with the API that imports from it. */
export const synthFixture = ({ directory, unknownType }: FixtureOptions): string => {
  const app = new App({ outdir: join(directory, 'assembly'), context: { 'aws:cdk:version-reporting': false } });
  const env = { account: '000000000000', region: 'eu-central-1' };
  const store = new Stack(app, 'Store', { env });
  const key = new kms.Key(store, 'Key', { alias: 'alias/store' });
  const table = new dynamodb.Table(store, 'Items', {
    partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    encryptionKey: key,
  });
  if (unknownType !== undefined) new CfnResource(store, 'Strange', { type: unknownType });

  const stack = new Stack(app, 'Api', { env });
  const code = (name: string) => {
    const folder = join(directory, 'bundles', name);
    mkdirSync(folder, { recursive: true });
    const source = handlers[name] ?? '';
    writeFileSync(
      join(folder, 'index.js'),
      name === 'items' ? source.replace('@aws-sdk/client-dynamodb', resolveModule('@aws-sdk/client-dynamodb')) : source,
    );
    return lambda.Code.fromAsset(folder);
  };
  const make = (name: string, options: Partial<lambda.FunctionProps> = {}) =>
    new lambda.Function(stack, name, {
      functionName: name,
      code: code(name),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      ...options,
    });
  const authorizer = make('authorizer');
  const echo = make('echo', { environment: { TABLE: table.tableName } });
  const misbehave = make('misbehave', { timeout: Duration.seconds(1), memorySize: 128 });
  const slow = make('slow', { reservedConcurrentExecutions: 2 });
  const items = make('items', { environment: { TABLE: table.tableName }, timeout: Duration.seconds(10) });
  table.grantReadWriteData(items);
  const forbidden = make('url', {});

  const uri = (target: lambda.IFunction) =>
    `arn:aws:apigateway:${stack.region}:lambda:path/2015-03-31/functions/${target.functionArn}/invocations`;
  const operation = (target: lambda.IFunction, isOpen = false) => ({
    ...(isOpen ? {} : { security: [{ token: [] }] }),
    'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: uri(target) },
  });
  const api = new apigateway.SpecRestApi(stack, 'Rest', {
    apiDefinition: apigateway.ApiDefinition.fromInline({
      openapi: '3.0.1',
      info: { title: 'fixture', version: '1' },
      paths: {
        '/v1/open': { get: operation(echo, true), post: operation(echo, true) },
        '/v1/things/{id}': { get: operation(echo), post: operation(echo) },
        '/v1/things/special': { get: operation(echo) },
        '/v1/items/{id}': { get: operation(items), put: operation(items) },
        '/v1/misbehave/{how}': { get: operation(misbehave, true) },
        '/v1/slow': { get: operation(slow, true) },
        '/v1/uninvited': { get: operation(forbidden, true) },
        '/v1/limited': { get: operation(echo, true) },
      },
      components: {
        securitySchemes: {
          token: {
            type: 'apiKey',
            name: 'Authorization',
            in: 'header',
            'x-amazon-apigateway-authtype': 'custom',
            'x-amazon-apigateway-authorizer': {
              type: 'token',
              authorizerUri: uri(authorizer),
              authorizerResultTtlInSeconds: 30,
              identitySource: 'method.request.header.Authorization',
              identityValidationExpression: 'Bearer [a-z]+',
            },
          },
        },
      },
      'x-amazon-apigateway-gateway-responses': {
        UNAUTHORIZED: {
          statusCode: 401,
          responseParameters: { 'gatewayresponse.header.WWW-Authenticate': "'Bearer'" },
          responseTemplates: {
            'application/problem+json': '{"code":"unauthenticated","id":"$context.requestId"}',
          },
        },
        DEFAULT_5XX: {
          responseTemplates: { 'application/json': '{"code":"internal","type":"$context.error.responseType"}' },
        },
      },
    }),
    deployOptions: {
      stageName: 'live',
      throttlingRateLimit: 1000,
      throttlingBurstLimit: 1000,
      methodOptions: { '/v1/limited/GET': { throttlingRateLimit: 1, throttlingBurstLimit: 2 } },
      accessLogDestination: new apigateway.LogGroupLogDestination(
        new logs.LogGroup(stack, 'Access', { logGroupName: 'access' }),
      ),
      accessLogFormat: apigateway.AccessLogFormat.custom(
        '{"path":"$context.path","status":"$context.status","tenant":"$context.authorizer.tenant","id":"$context.requestId"}',
      ),
    },
  });
  new apigateway.CfnGatewayResponse(stack, 'Denied', {
    restApiId: api.restApiId,
    responseType: 'ACCESS_DENIED',
    responseTemplates: { 'application/json': '{"code":"forbidden","tenant":"$context.authorizer.tenant"}' },
  });
  for (const target of [authorizer, echo, misbehave, slow, items]) {
    target.addPermission('Gateway', {
      principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: api.arnForExecuteApi('*', '/*', '*'),
    });
  }
  authorizer.addPermission('Authorizer', {
    principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: stack.formatArn({ service: 'execute-api', resource: api.restApiId, resourceName: 'authorizers/*' }),
  });
  const url = forbidden.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });
  const operator = new iam.Role(stack, 'Operator', { roleName: 'operator', assumedBy: new iam.AccountRootPrincipal() });
  new iam.Role(stack, 'Stranger', { roleName: 'stranger', assumedBy: new iam.AccountRootPrincipal() });
  url.grantInvokeUrl(operator);
  new CfnOutput(stack, 'OperatorUrl', { value: url.url });
  new CfnOutput(stack, 'KeyOfStore', { value: key.keyArn });
  return app.synth().directory;
};
