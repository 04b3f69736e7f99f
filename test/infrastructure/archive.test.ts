import { policyOf, referredKey, resourcesOf, roleNamed, templatesOf } from './synthesized.ts';

const { detection, foundation } = templatesOf('staging');
const account = '111111111111';
const bucket = `arn:aws:s3:::ringfence-staging-trail-${account}`;
const only = (type: string, name: string, property: string) => {
  const found = resourcesOf(detection, type).filter(({ Properties }) => Properties[property] === name);
  expect(found).toHaveLength(1);
  return found[0]?.Properties;
};

describe('the archive function', () => {
  const lambda = only('AWS::Lambda::Function', 'ringfence-staging-archive', 'FunctionName');
  const [mapping, ...others] = resourcesOf(detection, 'AWS::Lambda::EventSourceMapping');

  it('works on one batch at a time: the chain has one end', () => {
    expect(lambda.ReservedConcurrentExecutions).toBe(1);
    expect(mapping?.Properties.ParallelizationFactor).toBe(1);
  });

  it('is told where the bucket is, and nothing it does not need', () => {
    expect(lambda.Environment.Variables).toEqual({
      STAGE: 'staging',
      TRAIL_BUCKET: `ringfence-staging-trail-${account}`,
    });
  });

  it('reads the audit table’s stream from its beginning, repeats in halves for hours, and then leaves a dead letter', () => {
    expect(others).toEqual([]);
    expect(mapping?.Properties).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: 21_600,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [expect.stringContaining('Dead'), 'Arn'] } } },
    });
    expect(JSON.stringify(mapping?.Properties.EventSourceArn)).toContain('AuditTableStreamArn');
    expect(only('AWS::SQS::Queue', 'ringfence-staging-archive-dead', 'QueueName')).toBeDefined();
    // Less than the 24 hours for which the stream keeps what a dead letter points to.
    expect(mapping?.Properties.MaximumRecordAgeInSeconds).toBeLessThan(86_400 / 2);
  });
});

describe('the archive function’s role', () => {
  const statements = policyOf(roleNamed(detection, 'ringfence-staging-archive'));
  const of = (service: string) =>
    statements
      .filter(({ Action }) => Action.some((action) => action.startsWith(`${service}:`)))
      .map(({ Action, Resource, Condition }) => ({ Action, Resource, Condition }));

  it('adds objects to the archive and reads them, and does nothing else in S3', () => {
    expect(of('s3')).toEqual([
      { Action: ['s3:GetObject', 's3:PutObject'], Resource: [`${bucket}/audit/*`], Condition: undefined },
      {
        Action: ['s3:ListBucket'],
        Resource: [bucket],
        Condition: { StringEquals: { 's3:prefix': 'audit/' } },
      },
    ]);
  });

  it('reads the stream of the audit table, not the table, and remembers its head in its own collection', () => {
    const table = (name: string) => `arn:aws:dynamodb:eu-central-1:${account}:table/ringfence-staging-${name}`;
    expect(of('dynamodb')).toEqual([
      {
        Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
        Resource: [`${table('audit')}/stream/*`],
        Condition: undefined,
      },
      {
        Action: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
        Resource: [table('operations')],
        Condition: {
          'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['platform#archive'] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      },
    ]);
  });

  it('uses each key through its own service only', () => {
    const through = of('kms').map(({ Resource, Condition }) => [
      referredKey(Resource[0]),
      Condition?.StringEquals?.['kms:ViaService'],
    ]);
    expect(through.sort()).toEqual([
      ['AuditKey', 'dynamodb.eu-central-1.amazonaws.com'],
      ['OperationsKey', 'dynamodb.eu-central-1.amazonaws.com'],
      ['PagingKey', 'sqs.eu-central-1.amazonaws.com'],
      ['TrailKey', 's3.eu-central-1.amazonaws.com'],
    ]);
  });

  it('has no session of a tenant', () => {
    expect(of('sts')).toEqual([]);
  });
});

it('the foundation has the trail, and says where it is kept', () => {
  expect(resourcesOf(foundation, 'AWS::CloudTrail::Trail')).toHaveLength(1);
  expect((foundation as { Outputs?: Record<string, { Value: string }> }).Outputs?.TrailBucket?.Value).toBe(
    `ringfence-staging-trail-${account}`,
  );
});
