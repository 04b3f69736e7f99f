import { GetItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, EncryptCommand, GenerateDataKeyCommand, SignCommand } from '@aws-sdk/client-kms';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { functions, type Table, tableName, tables, touchesOf } from '../../lambdas/functions.ts';
import { newId } from '../../lambdas/platform/random.ts';
import { functionName, roleArn, tenantRoleName } from '../../lib/names.ts';
import { type Attempt, allRefused } from './attempts.ts';
import type { Check } from './check.ts';
import { aliasOf, encryptingKeys } from './keys.ts';
import type { Target } from './target.ts';

const itemReads = ({ stage, dynamodb }: Target): readonly Attempt[] =>
  (Object.keys(tables) as Table[]).flatMap((table) => {
    const TableName = tableName(stage.name, table);
    const Key = { pk: { S: 'verify' }, sk: { S: 'verify' } };
    const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': Key.pk } };
    return [
      { what: `GetItem on ${TableName}`, make: () => dynamodb.send(new GetItemCommand({ TableName, Key })) },
      { what: `Query on ${TableName}`, make: () => dynamodb.send(new QueryCommand({ TableName, ...query, Limit: 1 })) },
      { what: `Scan of ${TableName}`, make: () => dynamodb.send(new ScanCommand({ TableName, Limit: 1 })) },
    ];
  });

/** Dry runs: KMS decides and does nothing. */
const keyUses = ({ stage, kms }: Target): readonly Attempt[] =>
  encryptingKeys.flatMap((name) => {
    const KeyId = aliasOf(stage, name);
    const EncryptionContext = { tenant: newId('ten'), purpose: 'seal' };
    const given = { KeyId, EncryptionContext, DryRun: true };
    const decrypt = new DecryptCommand({ ...given, DryRunModifiers: ['IGNORE_CIPHERTEXT'] });
    return [
      { what: `Decrypt with ${KeyId}`, make: () => kms.send(decrypt) },
      {
        what: `Encrypt with ${KeyId}`,
        make: () => kms.send(new EncryptCommand({ ...given, Plaintext: Buffer.from('verify') })),
      },
      {
        what: `GenerateDataKey with ${KeyId}`,
        make: () => kms.send(new GenerateDataKeyCommand({ ...given, KeySpec: 'AES_256' })),
      },
    ];
  });

const signing = ({ stage, kms }: Target): readonly Attempt[] => {
  const KeyId = aliasOf(stage, 'signing');
  const Message = Buffer.from('verify');
  const command = new SignCommand({ KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256', DryRun: true });
  return [{ what: `Sign with ${KeyId}`, make: () => kms.send(command) }];
};

/** A session that is given although it must not be is thrown away unused. */
const roleSessions = ({ stage, sts }: Target): readonly Attempt[] => {
  const tagged = [{ Key: 'tenant', Value: newId('ten') }];
  const take = (role: string, Tags?: typeof tagged): Attempt => ({
    what: `AssumeRole ${role}${Tags ? ' for a tenant' : ''}`,
    make: () =>
      sts.send(
        new AssumeRoleCommand({ RoleArn: roleArn(stage, role), RoleSessionName: 'verify', ...(Tags && { Tags }) }),
      ),
  });
  return functions.flatMap((spec) => {
    const tenantRole = tenantRoleName(stage, spec);
    const ofTenant = Object.keys(touchesOf(spec)).length > 0 ? [take(tenantRole, tagged), take(tenantRole)] : [];
    return [take(functionName(stage, spec)), ...ofTenant];
  });
};

/** What the operator tries with their own identity, and must not be able to. */
export const attemptChecks: readonly Check[] = [
  {
    name: 'administrator-reads-no-item',
    promise: 'An administrator of the account cannot read an item.',
    run: (target) => allRefused(itemReads(target)),
  },
  {
    name: 'administrator-uses-no-key',
    promise: 'An administrator of the account cannot use a key.',
    run: (target) => allRefused(keyUses(target)),
  },
  {
    name: 'administrator-signs-nothing',
    promise: 'Nobody but the authorizer says who a caller is.',
    run: (target) => allRefused(signing(target)),
  },
  {
    name: 'administrator-takes-no-role',
    promise: 'Nobody but a function takes its roles, for a tenant or for none.',
    run: (target) => allRefused(roleSessions(target)),
  },
];
