import { allKeys, canonical, isPolicyOf } from '../../../bin/verify/keys.ts';
import { findStage } from '../../../lib/find-stage.ts';
import { pascal } from '../../../lib/names.ts';
import { templateOf } from './run-verify.ts';

interface Policy {
  readonly Statement: readonly { readonly Action: string | readonly string[]; readonly Effect: string }[];
}

const stage = findStage('local');
const deployed = (key: string): Policy =>
  templateOf('ringfence-local-foundation').Resources[`${pascal(key)}Key`]?.Properties.KeyPolicy as unknown as Policy;

describe.each(allKeys)('the policy of the key %s', (key) => {
  it('is known again as it was deployed, in any order and with lists of one written out', () => {
    const { Statement } = deployed(key);
    const respelt = [...Statement].reverse().map((each) => ({ ...each, Action: [each.Action].flat().reverse() }));
    expect(isPolicyOf(stage, key, JSON.stringify({ Statement }))).toBe(true);
    expect(isPolicyOf(stage, key, JSON.stringify({ Statement: respelt }))).toBe(true);
  });

  it('is not, with an action, a statement or a condition more or less', () => {
    const { Statement } = deployed(key);
    const [first, ...others] = Statement;
    const last = Statement.at(-1);
    const changes = [
      others,
      [...Statement, { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }],
      [{ ...first, Action: [first?.Action ?? [], 'kms:Decrypt'].flat() }, ...others],
      [...Statement.slice(0, -1), { ...last, Condition: undefined }],
    ];
    for (const change of changes) expect(isPolicyOf(stage, key, JSON.stringify({ Statement: change }))).toBe(false);
  });
});

it('the spelling of a policy never hides a difference of values', () => {
  expect(canonical({ a: ['x', 'y'] })).not.toEqual(canonical({ a: 'x' }));
  expect(canonical({ a: [] })).not.toEqual(canonical({}));
});
