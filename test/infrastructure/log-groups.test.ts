import { findStage } from '../../lib/find-stage.ts';
import { type Resource, resourcesOf, templatesOf } from './synthesized.ts';

const stacks = ['foundation', 'api', 'detection'] as const;

describe.each(['local', 'staging', 'production'])('in stage %s', (name) => {
  const stage = findStage(name);
  const templates = templatesOf(name);
  const all = (type: string): readonly Resource[] => stacks.flatMap((stack) => resourcesOf(templates[stack], type));
  const groups = all('AWS::Logs::LogGroup').map((group): [string, Resource] => [group.Properties.LogGroupName, group]);

  it.each(groups)('%s is encrypted under the logs key, and kept as long as the stage says', (_, group) => {
    expect(JSON.stringify(group.Properties.KmsKeyId)).toMatch(/LogsKey/);
    expect(group.Properties.RetentionInDays).toBe(stage.logRetentionDays);
    expect(group.DeletionPolicy).toBe(stage.retain ? 'Retain' : 'Delete');
  });

  /** Without one, AWS makes a group itself: outside our key, and for ever. */
  it('every function, the API and the trail write into a group of ours', () => {
    const ofFunctions = all('AWS::Lambda::Function').map(({ Properties }) =>
      Properties.FunctionName?.replace('ringfence-', '/ringfence/').replace(`${name}-`, `${name}/`),
    );
    const named = groups.map(([group]) => group);
    expect(ofFunctions.length).toBeGreaterThan(0);
    for (const group of [...ofFunctions, `/ringfence/${name}/access`, `/ringfence/${name}/trail`])
      expect(named).toContain(group);
    for (const { Properties } of all('AWS::Lambda::Function'))
      expect(groups.map(([, { logicalId }]) => logicalId)).toContain(Properties.LoggingConfig?.LogGroup?.Ref);
  });
});
