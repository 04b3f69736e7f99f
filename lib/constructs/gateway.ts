import {
  ApiDefinition,
  type CfnRestApi,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  SpecRestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FunctionSpec } from '../../lambdas/functions.ts';
import { apiName, logGroupName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { accessLogFormat } from './access-log.ts';
import { EncryptedLogGroup } from './encrypted-log-group.ts';
import { gatewayBody } from './gateway-body.ts';

export interface GatewayProps {
  readonly stage: Stage;
  readonly arnOf: (spec: FunctionSpec) => string;
  readonly logsKey: IKey;
}

/**
 * The API, as the contract describes it. Access logging needs the account's one CloudWatch role, which stays when the
 * stack goes: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export class Gateway extends SpecRestApi {
  constructor(scope: Construct, { stage, arnOf, logsKey }: GatewayProps) {
    super(scope, 'Api', {
      restApiName: apiName(stage),
      apiDefinition: ApiDefinition.fromInline(gatewayBody(stage, arnOf)),
      failOnWarnings: true,
      endpointTypes: [EndpointType.REGIONAL],
      disableExecuteApiEndpoint: stage.domain !== undefined,
      cloudWatchRole: true,
      deployOptions: {
        stageName: stage.name,
        accessLogDestination: new LogGroupLogDestination(
          new EncryptedLogGroup(scope, { stage, key: logsKey, purpose: 'access', name: logGroupName(stage, 'access') }),
        ),
        accessLogFormat,
        throttlingRateLimit: stage.throttling.ratePerSecond,
        throttlingBurstLimit: stage.throttling.burst,
        // Both would write parts of requests into log groups that API Gateway makes, outside our key and retention.
        loggingLevel: MethodLoggingLevel.OFF,
        dataTraceEnabled: false,
      },
    });
    // The output that every RestApi brings; the stack has its own.
    this.node.tryRemoveChild('Endpoint');
    const api = this.node.defaultChild as CfnRestApi;
    api.securityPolicy = stage.tlsPolicy;
    // The host named in TLS must be the one addressed: no request comes in by the name of another API.
    api.endpointAccessMode = 'STRICT';
    this.acknowledge();
  }

  private acknowledge(): void {
    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions::AwsSolutions-APIG2',
        reason:
          'Every function validates with the zod schemas of the contract; gateway models know less and would differ.',
      },
      {
        id: 'AwsSolutions::AwsSolutions-APIG6',
        reason:
          'Execution logs hold parts of requests outside our key and retention; the access log has every request.',
      },
      {
        id: `AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]`,
        reason: 'The one CloudWatch role of an account and region: API Gateway accepts it with this policy of its own.',
      },
    );
  }
}
