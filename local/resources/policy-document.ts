import { type PolicyKind, parsePolicy } from '../iam/parse-policy.ts';
import type { Resource } from '../template/create-stack.ts';
import type { Json } from '../template/json.ts';
import type { PolicyDocument } from '../types.ts';

/** A policy document of a template, checked as IAM checks it, under the name that decisions call it by. */
export const policyDocument = (
  { stack, logicalId }: Resource,
  kind: PolicyKind,
  name: string,
  document: Json | undefined,
): PolicyDocument => ({ Id: name, ...parsePolicy(document, `${stack}/${logicalId} ${name}`, kind) });
