import type { Json, JsonObject } from './json.ts';

/** A CloudFormation template as CDK writes it; the sections the twin reads. */
export interface Template {
  readonly Resources?: Readonly<Record<string, ResourceDeclaration>>;
  readonly Parameters?: Readonly<Record<string, ParameterDeclaration>>;
  readonly Conditions?: Readonly<Record<string, Json>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly Outputs?: Readonly<Record<string, OutputDeclaration>>;
}

export interface ResourceDeclaration {
  readonly Type: string;
  readonly Properties?: JsonObject;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
}

export interface ParameterDeclaration {
  readonly Type: string;
  readonly Default?: Json;
}

export interface OutputDeclaration {
  readonly Value: Json;
  readonly Export?: { readonly Name: Json };
  readonly Condition?: string;
}
