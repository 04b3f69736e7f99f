import type { StackArtifact } from '../../../local/template/assembly.ts';
import { createStack, type Resource } from '../../../local/template/create-stack.ts';
import type { Json } from '../../../local/template/json.ts';
import type { Template } from '../../../local/template/template.ts';

const run = async (template: Template, exported = new Map<string, Json>()) => {
  const made: Resource[] = [];
  const stack: StackArtifact = { name: 'Stack', template, assets: new Map() };
  const outputs = await createStack(stack, {
    account: '000000000000',
    region: 'eu-central-1',
    exported,
    make: async (resource) => {
      made.push(resource);
      return { ref: `ref-${resource.logicalId}`, attributes: { Arn: `arn-${resource.logicalId}` } };
    },
  });
  return { outputs, made, ids: made.map(({ logicalId }) => logicalId) };
};

describe('making a stack', () => {
  it('makes resources after those they refer to or depend on', async () => {
    const { ids } = await run({
      Resources: {
        A: { Type: 'T', Properties: { x: { 'Fn::Sub': '${B.Arn}' } } },
        B: { Type: 'T', DependsOn: ['C'] },
        C: { Type: 'T', Properties: { y: { 'Fn::Join': ['', [{ Ref: 'D' }]] } } },
        D: { Type: 'T' },
      },
    });
    expect(ids).toEqual(['D', 'C', 'B', 'A']);
  });

  it('leaves out resources whose condition is false', async () => {
    const { ids } = await run({
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { A: { Type: 'T', Condition: 'Never' }, B: { Type: 'T' } },
    });
    expect(ids).toEqual(['B']);
  });

  it('gives parameters their defaults and exports outputs to later stacks', async () => {
    const exported = new Map<string, Json>();
    const { outputs } = await run(
      {
        Parameters: { Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/path' } },
        Resources: { A: { Type: 'T' } },
        Outputs: { Out: { Value: { 'Fn::Sub': '${A}:${Version}:${AWS::StackName}' }, Export: { Name: 'S:Out' } } },
      },
      exported,
    );
    expect(outputs).toEqual({ Out: 'ref-A:/path:Stack' });
    expect(exported.get('S:Out')).toBe('ref-A:/path:Stack');
  });

  it.each([
    [
      'the logical id and the expression',
      { A: { Type: 'T', Properties: { x: { Ref: 'Gone' } } } },
      'Stack/A: cannot resolve Ref Gone: nothing is called Gone.',
    ],
    [
      'an attribute nobody gives',
      { A: { Type: 'T', Properties: { x: { 'Fn::GetAtt': ['B', 'Name'] } } }, B: { Type: 'T' } },
      'Stack/A: cannot resolve Fn::GetAtt B.Name',
    ],
    ['a circle', { A: { Type: 'T', DependsOn: 'B' }, B: { Type: 'T', DependsOn: 'A' } }, 'A → B → A'],
  ])('stops with %s', async (_, Resources, message) => {
    await expect(run({ Resources })).rejects.toThrow(message);
  });
});
