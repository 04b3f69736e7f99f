import { App } from 'aws-cdk-lib/core';
import { addStacks } from '../../lib/add-stacks.ts';
import { findStage } from '../../lib/find-stage.ts';
import type { Stage } from '../../lib/stage.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export interface Resource {
  readonly logicalId: string;
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is what it is; a wrong path fails the test that takes it.
  readonly Properties: any;
  readonly DeletionPolicy?: string;
}

/** A statement as it stands in a template, single values as lists. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly unknown[];
  readonly Principal?: Readonly<Record<string, unknown>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const cache = new Map<string, ReturnType<typeof synthesizeTemplates>>();

const synthesizeTemplates = (stage: Stage) => {
  process.env.CDK_VALIDATION = 'false';
  const app = new App({ analyticsReporting: false });
  addStacks(app, stage, { bundle: false });
  const assembly = app.synth();
  const template = (name: string) => assembly.getStackByName(`ringfence-${stage.name}-${name}`).template;
  const protections = assembly.stacks.map(({ terminationProtection }) => terminationProtection ?? false);
  return { foundation: template('foundation'), api: template('api'), detection: template('detection'), protections };
};

/** The templates of a stage, with changed values where given, without bundles. */
export const templatesOf = (name: string, changed: Partial<Stage> = {}) => {
  const key = JSON.stringify([name, changed]);
  const known = cache.get(key) ?? synthesizeTemplates({ ...findStage(name), ...changed });
  cache.set(key, known);
  return known;
};

export const resourcesOf = (stack: { Resources: object }, type?: string): readonly Resource[] =>
  Object.entries(stack.Resources)
    .map(([logicalId, resource]) => ({ logicalId, ...(resource as Omit<Resource, 'logicalId'>) }))
    .filter(({ Type }) => type === undefined || Type === type);

export const statementsOf = (document: { readonly Statement: readonly Statement[] }): readonly Statement[] =>
  document.Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat(),
    Resource: [statement.Resource ?? []].flat(),
  }));

export const roleNamed = (stack: { Resources: object }, name: string): Resource => {
  const role = resourcesOf(stack, 'AWS::IAM::Role').find(({ Properties }) => Properties.RoleName === name);
  if (!role) throw new Error(`The template has no role ${name}.`);
  return role;
};

export const policyOf = (role: Resource): readonly Statement[] =>
  (role.Properties.Policies ?? []).flatMap((policy: { PolicyDocument: { Statement: readonly Statement[] } }) =>
    statementsOf(policy.PolicyDocument),
  );

/** `RecordsKey` for a reference from the api stack to that key. */
export const referredKey = (reference: unknown): string => {
  const name = (reference as Record<string, string>)['Fn::ImportValue'] ?? '';
  return /FnGetAtt(\w+Key)Arn/.exec(name)?.[1] ?? JSON.stringify(reference);
};
