import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourcesOf, templatesOf } from './synthesized.ts';

const golden = join(import.meta.dirname, 'stateful-ids.golden.json');
const stateful = ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::Logs::LogGroup', 'AWS::S3::Bucket'];

/** By stack: type and logical id, and the physical name where the template gives one. */
const idsOf = (stage: string) =>
  Object.fromEntries(
    (['foundation', 'api'] as const).map((stack) => [
      stack,
      resourcesOf(templatesOf(stage)[stack])
        .filter(({ Type }) => stateful.includes(Type))
        .map(({ Type, logicalId, Properties }) =>
          [Type, logicalId, Properties.TableName ?? Properties.LogGroupName ?? Properties.BucketName ?? '']
            .join(' ')
            .trim(),
        )
        .sort(),
    ]),
  );

const consequence =
  'gone from the template. CloudFormation would make an empty resource under the new id and give up the old one with its ' +
  'data. If that is what you want, plan the migration, then edit test/infrastructure/stateful-ids.golden.json.';

describe('what holds data keeps its name', () => {
  it('has the logical and physical ids of the golden file', () => {
    const ids = idsOf('production');
    const frozen = JSON.parse(readFileSync(golden, 'utf8'));
    const lost = Object.keys(frozen).flatMap((stack) =>
      frozen[stack].filter((id: string) => !ids[stack]?.includes(id)),
    );
    if (lost.length > 0) throw new Error(`${lost.join(', ')}: ${consequence}`);
    // A new one is written into the golden file by hand, in the same commit.
    expect(ids).toEqual(frozen);
  });

  it.each(['staging', 'production'])('outlives its stack in %s', (stage) => {
    const { foundation, api } = templatesOf(stage);
    const held = [...resourcesOf(foundation), ...resourcesOf(api)].filter(({ Type }) => stateful.includes(Type));
    for (const { logicalId, DeletionPolicy } of held)
      expect([logicalId, DeletionPolicy]).toEqual([logicalId, 'Retain']);
    for (const { Properties } of resourcesOf(foundation, 'AWS::DynamoDB::Table'))
      expect(Properties).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
  });

  it.each([
    ['staging', true],
    ['production', true],
    ['local', false],
  ])('the stacks of %s are protected against deletion: %s', (stage, isProtected) => {
    const { protections } = templatesOf(stage);
    expect([...new Set(protections)]).toEqual([isProtected]);
  });

  it('leaves nothing behind in local', () => {
    const { foundation, api } = templatesOf('local');
    const held = [...resourcesOf(foundation), ...resourcesOf(api)].filter(({ Type }) => stateful.includes(Type));
    for (const { logicalId, DeletionPolicy } of held)
      expect([logicalId, DeletionPolicy]).toEqual([logicalId, 'Delete']);
  });
});
