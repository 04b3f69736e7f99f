import type { RequestContext } from '../types.ts';

/** The condition keys of one request by normalized name. A list is a multivalued key. */
export type ContextKeys = ReadonlyMap<string, string | readonly string[]>;

const caseSensitiveTail = 'kms:encryptioncontext:';

/**
 * The name under which a condition key is found: without case, tag keys included, except for the part after
 * `kms:EncryptionContext:`, because an encryption context is case-sensitive.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
 */
export function keyName(name: string): string {
  const lower = name.toLowerCase();
  if (!lower.startsWith(caseSensitiveTail)) return lower;
  return caseSensitiveTail + name.slice(caseSensitiveTail.length);
}

/**
 * The keys under their normalized names.
 * Throws when two names differ only by case: which of them a policy reads would be left to chance, and STS refuses such tags.
 */
export function contextKeys(context: RequestContext): ContextKeys {
  const keys = new Map<string, string | readonly string[]>();
  for (const [name, value] of Object.entries(context)) {
    if (keys.has(keyName(name)))
      throw new Error(`Condition key ${name} is given twice, in different case; give it once.`);
    keys.set(keyName(name), value);
  }
  return keys;
}

/** The values of a key; undefined when the key is absent or an empty list, which AWS treats alike. */
export function valuesOf(keys: ContextKeys, name: string): readonly string[] | undefined {
  const value = keys.get(keyName(name));
  if (value === undefined || typeof value === 'string') return value === undefined ? undefined : [value];
  return value.length > 0 ? value : undefined;
}
