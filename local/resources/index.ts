import type { Made, Resource } from '../template/create-stack.ts';
import { TwinError } from '../twin-error.ts';
import { createAlarm } from './alarm.ts';
import { createBucket, createBucketPolicy } from './bucket.ts';
import type { Building, Creator } from './building.ts';
import { createCompositeAlarm } from './composite-alarm.ts';
import { createEventInvokeConfig } from './event-invoke-config.ts';
import { createEventRule } from './event-rule.ts';
import { createEventSourceMapping } from './event-source-mapping.ts';
import { createFunctionUrl } from './function-url.ts';
import { createInert, inertTypes } from './inert.ts';
import { createInsightRule } from './insight-rule.ts';
import { createAlias, createKey } from './key.ts';
import { createLambdaFunction } from './lambda-function.ts';
import { createPermission } from './lambda-permission.ts';
import { createFunctionAlias, createVersion } from './lambda-version.ts';
import { createLogGroup } from './log-group.ts';
import { createMetricFilter } from './metric-filter.ts';
import { createManagedPolicy, createPolicy } from './policy.ts';
import { createQueue, createQueuePolicy } from './queue.ts';
import { createDeployment, createGatewayResponse, createRestApi, createStage } from './rest-api.ts';
import { createRole } from './role.ts';
import { createSecret, createSecretPolicy } from './secret.ts';
import { createTable } from './table.ts';
import { createSubscription, createTopic, createTopicPolicy } from './topic.ts';
import { createTrail } from './trail.ts';

/** Every resource type the twin makes. Another one is a file beside this one and a row here. */
const creators: Readonly<Record<string, Creator>> = {
  'AWS::ApiGateway::Deployment': createDeployment,
  'AWS::ApiGateway::GatewayResponse': createGatewayResponse,
  'AWS::ApiGateway::RestApi': createRestApi,
  'AWS::ApiGateway::Stage': createStage,
  'AWS::CloudTrail::Trail': createTrail,
  'AWS::CloudWatch::Alarm': createAlarm,
  'AWS::CloudWatch::CompositeAlarm': createCompositeAlarm,
  'AWS::CloudWatch::InsightRule': createInsightRule,
  'AWS::DynamoDB::Table': createTable,
  'AWS::Events::Rule': createEventRule,
  'AWS::IAM::ManagedPolicy': createManagedPolicy,
  'AWS::IAM::Policy': createPolicy,
  'AWS::IAM::Role': createRole,
  'AWS::KMS::Alias': createAlias,
  'AWS::KMS::Key': createKey,
  'AWS::Lambda::Alias': createFunctionAlias,
  'AWS::Lambda::EventInvokeConfig': createEventInvokeConfig,
  'AWS::Lambda::EventSourceMapping': createEventSourceMapping,
  'AWS::Lambda::Function': createLambdaFunction,
  'AWS::Lambda::Permission': createPermission,
  'AWS::Lambda::Url': createFunctionUrl,
  'AWS::Lambda::Version': createVersion,
  'AWS::Logs::LogGroup': createLogGroup,
  'AWS::Logs::MetricFilter': createMetricFilter,
  'AWS::S3::Bucket': createBucket,
  'AWS::S3::BucketPolicy': createBucketPolicy,
  'AWS::SecretsManager::ResourcePolicy': createSecretPolicy,
  'AWS::SecretsManager::Secret': createSecret,
  'AWS::SNS::Subscription': createSubscription,
  'AWS::SNS::Topic': createTopic,
  'AWS::SNS::TopicPolicy': createTopicPolicy,
  'AWS::SQS::Queue': createQueue,
  'AWS::SQS::QueuePolicy': createQueuePolicy,
  ...Object.fromEntries(inertTypes.map((type) => [type, createInert])),
};

/** Makes a resource. A type the twin does not know stops the start: skipping it would show another system. */
export const make = async (resource: Resource, building: Building): Promise<Made> => {
  const place = `${resource.stack}/${resource.logicalId}`;
  const creator = creators[resource.type];
  if (!creator) {
    throw new TwinError(
      `${place} has type ${resource.type}, which the twin does not know.`,
      'Add a creator in local/resources/, or a row in local/resources/inert.ts if it changes nothing here.',
    );
  }
  try {
    return await creator(resource, building);
  } catch (error) {
    if (error instanceof TwinError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new TwinError(
      `${place} (${resource.type}) cannot be made: ${why}`,
      'Correct the stack, or start on empty data with --fresh.',
    );
  }
};
