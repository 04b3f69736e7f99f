import { TwinError } from '../twin-error.ts';
import type { StackArtifact } from './assembly.ts';
import { isTrue, resolve } from './intrinsics.ts';
import type { Json, JsonObject } from './json.ts';
import { inOrder } from './order.ts';
import { referencesOf } from './references.ts';
import { noValue, type Resolved, type Scope, Unresolved } from './scope.ts';
import type { ResourceDeclaration } from './template.ts';

/** A resource ready to be made: intrinsics resolved. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
}

/** What `Ref` and `Fn::GetAtt` of a made resource give. */
export interface Made {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, Json>>;
}

export interface StackRun {
  readonly account: string;
  readonly region: string;
  /** What the stacks before this one export; this stack's exports are added. */
  readonly exported: Map<string, Json>;
  readonly make: (resource: Resource) => Promise<Made>;
}

/** Makes the resources of a stack in the order of their references, and gives its outputs. */
export const createStack = async (stack: StackArtifact, run: StackRun): Promise<Readonly<Record<string, string>>> => {
  const made = new Map<string, Made>();
  const scope = scopeOf(stack, run, made);
  for (const logicalId of creationOrder(stack)) {
    const declared = stack.template.Resources?.[logicalId];
    if (!declared || !at(stack, logicalId, () => exists(declared, scope))) continue;
    const properties = at(stack, logicalId, () => resolve(declared.Properties ?? {}, scope)) as JsonObject;
    made.set(logicalId, await run.make({ stack: stack.name, logicalId, type: declared.Type, properties }));
  }
  return outputsOf(stack, run, scope);
};

const exists = ({ Condition }: { readonly Condition?: string }, scope: Scope): boolean =>
  Condition === undefined || scope.condition(Condition);

const creationOrder = (stack: StackArtifact): readonly string[] => {
  const resources = stack.template.Resources ?? {};
  const needs = (id: string): readonly string[] => {
    const declared = resources[id];
    return declared ? [...[declared.DependsOn ?? []].flat(), ...referencesOf(declared.Properties ?? {})] : [];
  };
  return inOrder(Object.keys(resources), needs, (circle) => {
    throw new TwinError(
      `${stack.name}: resources refer to each other in a circle: ${circle.join(' → ')}.`,
      'Break one reference.',
    );
  });
};

const outputsOf = (stack: StackArtifact, run: StackRun, scope: Scope): Readonly<Record<string, string>> => {
  const outputs: Record<string, string> = {};
  for (const [name, declared] of Object.entries(stack.template.Outputs ?? {})) {
    const place = `output ${name}`;
    if (!at(stack, place, () => exists(declared, scope))) continue;
    const value = at(stack, place, () => resolve(declared.Value, scope));
    outputs[name] = String(value);
    const { Export } = declared;
    if (Export) run.exported.set(String(at(stack, place, () => resolve(Export.Name, scope))), value);
  }
  return outputs;
};

const at = <T>(stack: StackArtifact, place: string, evaluate: () => T): T => {
  try {
    return evaluate();
  } catch (error) {
    if (!(error instanceof Unresolved)) throw error;
    throw new TwinError(
      `${stack.name}/${place}: cannot resolve ${error.message}.`,
      'Write the value another way, or teach the twin in local/template/.',
    );
  }
};

const scopeOf = (stack: StackArtifact, run: StackRun, made: ReadonlyMap<string, Made>): Scope => {
  const { Parameters = {}, Conditions = {}, Mappings = {}, Resources = {} } = stack.template;
  const pseudo = pseudoParameters(stack.name, run);
  const missing = (expression: string, logicalId: string): Unresolved =>
    new Unresolved(expression, logicalId in Resources ? `${logicalId} is not made` : `nothing is called ${logicalId}`);
  const scope: Scope = {
    ref: (name) => {
      const value = pseudo[name] ?? made.get(name)?.ref ?? Parameters[name]?.Default;
      if (value === undefined) throw missing(`Ref ${name}`, name);
      return value;
    },
    attribute: (logicalId, attribute) => {
      const resource = made.get(logicalId);
      if (!resource) throw missing(`Fn::GetAtt ${logicalId}.${attribute}`, logicalId);
      return found(
        resource.attributes[attribute],
        `Fn::GetAtt ${logicalId}.${attribute}`,
        typeOf(Resources[logicalId]),
      );
    },
    condition: (name) => isTrue(found(Conditions[name], `Condition ${name}`, 'is not declared'), scope),
    mapping: (map, first, second) =>
      found(Mappings[map]?.[first]?.[second], `Fn::FindInMap ${map}.${first}.${second}`, 'has no such entry'),
    imported: (name) => found(run.exported.get(name), `Fn::ImportValue ${name}`, 'no stack before this one exports it'),
  };
  return scope;
};

const typeOf = (declared: ResourceDeclaration | undefined): string =>
  `the twin gives no such attribute of ${declared?.Type}`;

const found = (value: Json | undefined, expression: string, reason: string): Json => {
  if (value === undefined) throw new Unresolved(expression, reason);
  return value;
};

const pseudoParameters = (stackName: string, { account, region }: StackRun): Readonly<Record<string, Resolved>> => ({
  'AWS::AccountId': account,
  'AWS::Region': region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': stackName,
  'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/twin`,
  'AWS::NotificationARNs': [],
  'AWS::NoValue': noValue,
});
