import { authorize } from '../iam/evaluate.ts';
import type { Decision, PolicyDocument, Principal, RequestContext } from '../types.ts';
import { AwsError } from './aws-error.ts';
import type { World } from './world.ts';

export interface Question {
  /** `dynamodb:GetItem` */
  readonly action: string;
  readonly resource: string;
  readonly context?: RequestContext;
  /** The resource's own policy, under the name reasons call it by: key policy, trust policy, table policy. */
  readonly policy?: { readonly name: string; readonly document: PolicyDocument } | undefined;
  /** The service that makes the call for the caller: `dynamodb.eu-west-1.amazonaws.com`. */
  readonly via?: string;
}

/** Throws AWS's AccessDenied unless the caller may. */
export type Gate = (question: Question) => void;

/** What a call's questions came to: one record for a call, however many questions it raised. */
export interface GateRecord {
  operation: string;
  principal: string;
  allowed: boolean;
  reason: string;
  /** ARNs that the caller itself asked for. */
  readonly resources?: string[];
}

/** Keys that every AWS request carries (IAM User Guide, "AWS global condition context keys"). */
const globalContext = (world: World, via: string | undefined): RequestContext => ({
  'aws:CurrentTime': new Date(world.clock.now()).toISOString(),
  'aws:EpochTime': String(Math.floor(world.clock.now() / 1000)),
  'aws:RequestedRegion': world.region,
  'aws:SecureTransport': 'true',
  'aws:ViaAWSService': String(via !== undefined),
  ...(via === undefined ? {} : calledVia(via)),
});

/** `dynamodb.eu-west-1.amazonaws.com` calls as the principal `dynamodb.amazonaws.com`. */
const calledVia = (via: string): RequestContext => {
  const service = `${via.split('.')[0]}.amazonaws.com`;
  return { 'aws:CalledVia': [service], 'aws:CalledViaFirst': service, 'aws:CalledViaLast': service };
};

/** Asks the evaluator on behalf of one call, and keeps the last answer in the call's record. */
export const createGate =
  (world: World, principal: Principal, record: GateRecord): Gate =>
  (question) => {
    const { action, resource, policy, via } = question;
    const context = { ...globalContext(world, via), ...question.context };
    if (via === undefined) record.resources?.push(resource);
    const decision = authorize({ principal, action, resource, context }, policy ? { policy } : {});
    record.allowed = decision.allowed;
    record.reason = decision.reason;
    if (!decision.allowed) throw accessDenied(principal, question, decision);
  };

const accessDenied = (principal: Principal, { action, resource }: Question, decision: Decision): AwsError => {
  const who = principal.kind === 'session' ? principal.arn : principal.service;
  const because = decision.by ? 'with an explicit deny' : `because no policy allows the ${action} action`;
  return new AwsError(
    'AccessDeniedException',
    `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
  );
};
