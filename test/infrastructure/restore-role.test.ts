import { findStage } from '../../lib/find-stage.ts';
import { tableKeyPolicy } from '../../lib/key-policies/table-key.ts';
import { roleArn } from '../../lib/names.ts';

const stage = findStage('staging');
const allowedTo = (role: string, restoreRole?: string) =>
  tableKeyPolicy({ ...stage, ...(restoreRole && { restoreRole }) }, 'records').filter(({ Condition }) =>
    [Condition?.ArnEquals?.['aws:PrincipalArn'] ?? []].flat().includes(roleArn(stage, role)),
  );

it('the glass is whole until a stage names a restore role', () => {
  expect(allowedTo('Restorer')).toEqual([]);
});

it('a named restore role may use a table’s key through DynamoDB, and in no other way', () => {
  const statements = allowedTo('Restorer', 'Restorer');
  expect(statements.flatMap(({ Action }) => Action)).toContain('kms:Decrypt');
  for (const { Condition } of statements) {
    expect(Condition?.StringEquals?.['kms:ViaService']).toBe('dynamodb.eu-central-1.amazonaws.com');
  }
});
