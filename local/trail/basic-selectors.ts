import { type Fields, fieldsList, list, optionalList, optionalText, text } from '../aws/fields.ts';
import { onlyKnown } from '../aws/only-known.ts';
import { TwinError } from '../twin-error.ts';
import type { Selects } from './facts.ts';

const selectorsMax = 5;
const types = ['AWS::S3::Object', 'AWS::Lambda::Function', 'AWS::DynamoDB::Table'];

/** `All` when absent. */
const kinds: Readonly<Record<string, readonly boolean[]>> = {
  All: [true, false],
  ReadOnly: [true],
  WriteOnly: [false],
};

/**
 * Whether any of EventSelectors selects an event. Throws `TwinError` for what AWS refuses.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
 */
export const basicSelectors = (trail: string, selectors: readonly Fields[]): Selects => {
  if (selectors.length > selectorsMax)
    throw new TwinError(`Trail ${trail} has ${selectors.length} event selectors.`, `CloudTrail takes ${selectorsMax}.`);
  const each = selectors.map((selector) => selectorOf(trail, selector));
  return (facts) => each.some((selects) => selects(facts));
};

const selectorOf = (trail: string, selector: Fields): Selects => {
  onlyKnown(`An event selector of trail ${trail}`, selector, [
    ...['ReadWriteType', 'IncludeManagementEvents', 'ExcludeManagementEventSources', 'DataResources'],
  ]);
  const kind = optionalText(selector, 'ReadWriteType') ?? 'All';
  const wanted = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!wanted) throw new TwinError(`Trail ${trail} has ReadWriteType ${kind}.`, `Expected ${Object.keys(kinds)}.`);
  const management = String(selector.IncludeManagementEvents ?? true) === 'true';
  const excluded = optionalList(selector, 'ExcludeManagementEventSources') ?? [];
  const resources = fieldsList(selector, 'DataResources').map((resource) => resourceOf(trail, resource));
  return (facts) => {
    if (!wanted.includes(facts.readOnly)) return false;
    if (facts.category === 'Management') return management && !excluded.includes(facts.eventSource);
    return resources.some((selects) => selects(facts));
  };
};

const resourceOf = (trail: string, resource: Fields): Selects => {
  const type = text(resource, 'Type');
  if (!types.includes(type))
    throw new TwinError(`Trail ${trail} has a data resource of type ${type}.`, `Expected ${types.join(', ')}.`);
  const values = list(resource, 'Values').map(String);
  const fits = (arn: string) =>
    // Tables and functions are whole ARNs, or all of a service; objects are what a prefix begins.
    values.some((value) =>
      type === 'AWS::S3::Object' || value.split(':').length < 6 ? arn.startsWith(value) : arn === value,
    );
  return (facts) => facts.resourceType === type && facts.resourceArns().some(fits);
};
