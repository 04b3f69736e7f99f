import { synthesizedTemplates, templateFaults, templateFilesIn } from '../../../bin/verify/templates.ts';
import { assembly, templateOf } from './run-verify.ts';

const stack = 'ringfence-local-foundation';

it('the same checkout synthesizes the same templates, code included: a difference on AWS is a difference', () => {
  const deployed = templateFilesIn(assembly());
  const expected = synthesizedTemplates('local');
  expect([...deployed.keys()].sort()).toEqual(['ringfence-local-api', 'ringfence-local-detection', stack]);
  for (const [name, { text }] of deployed) expect(templateFaults(name, text, expected.get(name) ?? '')).toEqual([]);
});

it('a resource that differs, is missing or was added is named', () => {
  const expected = JSON.stringify(templateOf(stack));
  const changed = templateOf(stack);
  const { RecordsKey, AuditTable, ...others } = changed.Resources;
  if (!RecordsKey || !AuditTable) throw new Error('The template has other logical ids.');
  const deployed = {
    Resources: {
      ...others,
      RecordsKey: { ...RecordsKey, Properties: { ...RecordsKey.Properties, EnableKeyRotation: false } },
      BackDoor: RecordsKey,
    },
  };
  expect(templateFaults(stack, JSON.stringify(deployed), expected)).toEqual([
    `${stack}: AuditTable is not deployed`,
    `${stack}: BackDoor is not of this checkout`,
    `${stack}: RecordsKey differs`,
  ]);
});

it('what CloudFormation cannot keep of a text is no difference', () => {
  const text = (description: string) =>
    JSON.stringify({ Resources: { Key: { Type: 'AWS::KMS::Key', Properties: { Description: description } } } });
  expect(templateFaults(stack, text('a tenant?s key ?'), text('a tenant’s key 🔑'))).toEqual([]);
  expect(templateFaults(stack, text('a tenant?s key'), text('a tenants key'))).toHaveLength(1);
});
