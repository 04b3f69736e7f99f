import type { Statement } from '../types.ts';
import { type ContextKeys, valuesOf } from './context-keys.ts';
import { listOf } from './one-or-many.ts';
import { type Operator, operators } from './operators.ts';
import { allOf, anyOf, negated, no, unknown, type Verdict, yes } from './verdict.ts';

/** What conditions are read against. */
export interface Scope {
  readonly keys: ContextKeys;
  /** Whether the policy's version has variables. */
  readonly variables: boolean;
}

/** An operator as written: `ForAllValues:StringLikeIfExists`. */
interface Written {
  readonly operator: Operator;
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
}

/**
 * Whether all conditions of a statement hold: operators and keys are ANDed, the values of a key ORed, those of a negated
 * operator NORed. An operator the twin does not know is unknown, never skipped.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function conditionsHold(condition: Statement['Condition'], scope: Scope): Verdict {
  const verdicts = Object.entries(condition ?? {}).flatMap(([name, keys]) =>
    Object.entries(keys).map(([key, values]) => {
      const verdict = conditionHolds(name, key, listOf(values).map(String), scope);
      return { ...verdict, why: `${name} ${key}: ${verdict.why}` };
    }),
  );
  return allOf(verdicts);
}

function conditionHolds(name: string, key: string, wanted: readonly string[], scope: Scope): Verdict {
  const actual = valuesOf(scope.keys, key);
  if (name === 'Null') return isNull(actual, wanted);
  const written = operatorOf(name);
  if (!written) return unknown('the twin knows no such operator');
  if (!actual) return absent(written);

  const { operator, set } = written;
  const variables = scope.variables ? scope.keys : undefined;
  const each = actual.map((value) => {
    const some = anyOf(wanted.map((text) => operator.compare({ text, keys: variables }, value)));
    return operator.negated ? negated(some) : some;
  });
  // AWS counts an empty string as an empty set.
  if (set === 'ForAllValues') return actual.every((value) => value === '') ? yes('the key is empty') : allOf(each);
  if (set === 'ForAnyValue') return anyOf(each);
  return each.length > 1 ? unknown('a key of several values needs ForAllValues or ForAnyValue') : allOf(each);
}

/**
 * What an absent key means: true for ForAllValues, for IfExists and for negated operators, else false. AWS's pages contradict
 * each other on ForAnyValue with a negated operator.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function absent({ operator, set, ifExists }: Written): Verdict {
  const why = 'the request has no such key';
  if (set === 'ForAllValues' || ifExists) return yes(why);
  if (!operator.negated) return no(why);
  return set === 'ForAnyValue' ? unknown(why) : yes(why);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null */
function isNull(actual: readonly string[] | undefined, wanted: readonly string[]): Verdict {
  if (!wanted.every((value) => value === 'true' || value === 'false')) return unknown('Null takes true or false only');
  // AWS speaks of an empty string as null in one place and as a value in another.
  if (actual?.every((value) => value === '')) return unknown('the key is empty');
  const why = actual ? 'the request has the key' : 'the request has no such key';
  return wanted.includes(actual ? 'false' : 'true') ? yes(why) : no(why);
}

function operatorOf(name: string): Written | undefined {
  const [, set, base = '', suffix] = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(name) ?? [];
  const operator = operators.get(base);
  if (!operator) return undefined;
  return {
    operator,
    set: set === 'ForAllValues' || set === 'ForAnyValue' ? set : undefined,
    ifExists: suffix !== undefined,
  };
}
