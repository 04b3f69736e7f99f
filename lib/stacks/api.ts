import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Function as AwsFunction, type Code, FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type FunctionSpec, functions } from '../../lambdas/functions.ts';
import { CustomDomain } from '../constructs/custom-domain.ts';
import { Gateway } from '../constructs/gateway.ts';
import { LambdaFunction } from '../constructs/lambda-function.ts';
import { WebAcl } from '../constructs/web-acl.ts';
import { pascal } from '../names.ts';
import type { Stage } from '../stage.ts';
import type { Foundation } from './foundation.ts';

export interface ApiProps {
  readonly stage: Stage;
  readonly foundation: Foundation;
  readonly codeOf: (spec: FunctionSpec) => Code;
}

/** Whether a function is reached by requests. The others watch, and are in the stack `detection`. */
export const answersRequests = ({ entrance }: FunctionSpec): boolean =>
  entrance.by === 'routes' || entrance.by === 'authorizer' || entrance.by === 'operators';

/** What answers: the gateway, every function and its tenant role. Holds no data. */
export class Api extends Stack {
  private readonly lambdas = new Map<string, AwsFunction>();

  constructor(scope: Construct, { stage, foundation, codeOf }: ApiProps) {
    super(scope, 'api', {
      stackName: `ringfence-${stage.name}-api`,
      description: 'Ringfence: gateway and functions',
      env: { account: stage.account, region: stage.region },
      terminationProtection: stage.deletionProtection,
    });
    const { logsKey, keys } = foundation;
    const served = functions.filter(answersRequests);
    for (const spec of served)
      this.lambdas.set(
        spec.name,
        new LambdaFunction(this, { stage, spec, code: codeOf(spec), keys, logsKey }).function,
      );
    const gateway = new Gateway(this, { stage, logsKey, arnOf: (spec) => this.lambdaOf(spec).functionArn });
    for (const spec of served) this.open(stage, spec, gateway);
    if (stage.domain) new CustomDomain(this, stage, stage.domain, gateway);
    if (stage.waf) new WebAcl(this, { stage, ...stage.waf, logsKey, protects: gateway.deploymentStage.stageArn });
    new CfnOutput(this, 'ApiUrl', {
      value: stage.domain ? `https://${stage.domain.name}` : gateway.urlForPath().replace(/\/$/, ''),
    });
  }

  private lambdaOf({ name }: FunctionSpec): AwsFunction {
    const found = this.lambdas.get(name);
    if (!found) throw new Error(`There is no function "${name}".`);
    return found;
  }

  /** Lets in what its entrance names and nobody else. */
  private open(stage: Stage, spec: FunctionSpec, gateway: Gateway): void {
    const lambda = this.lambdaOf(spec);
    const api = `arn:aws:execute-api:${stage.region}:${stage.account}:${gateway.restApiId}`;
    const fromGateway = (sourceArn: string) =>
      lambda.addPermission('Gateway', { principal: new ServicePrincipal('apigateway.amazonaws.com'), sourceArn });
    switch (spec.entrance.by) {
      case 'routes':
        fromGateway(`${api}/${stage.name}/*`);
        break;
      case 'authorizer':
        fromGateway(`${api}/authorizers/*`);
        break;
      case 'operators':
        new CfnOutput(this, `${pascal(spec.name)}Url`, {
          value: lambda.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM }).url,
        });
    }
  }
}
