import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, ServiceAnswer } from '../types.ts';
import { createGate, type GateRecord } from './authorization.ts';
import { AwsError } from './aws-error.ts';
import { transactionConflict } from './dynamodb/conflict.ts';
import type { Fields } from './fields.ts';
import type { ObservedCall } from './observed-call.ts';
import { jsonProtocol } from './protocol.ts';
import type { Service } from './service.ts';
import { claimedScope, type Scope, type SignedRequest, verifySignature } from './signature.ts';
import type { Calls, CredentialsStore, Faults, KnownKey, World } from './world.ts';

export interface Parts {
  readonly world: World;
  readonly credentials: CredentialsStore;
  readonly calls: Calls;
  readonly faults: Faults;
  /** By the name in a credential scope. */
  readonly services: ReadonlyMap<string, Service>;
  /** Told of each call of a known caller, after it. */
  readonly observers: ReadonlySet<(call: ObservedCall) => void>;
}

/** What is known of a call so far. */
interface CallRecord extends GateRecord {
  readonly resources: string[];
  caller?: KnownKey;
  input?: Fields;
}

/** Done, but its answer must not reach the caller. */
export const lost = Symbol('lost');

const fallback = jsonProtocol('', '1.1', () => '');

/**
 * Answers one request: signature, operation, authorization, fault, work, in this order, and records the call. Never
 * throws: what is not an AWS error is answered as the service's internal failure and told on standard error.
 */
export const dispatch = async (
  parts: Parts,
  request: SignedRequest,
  requestId: string,
): Promise<ServiceAnswer | typeof lost> => {
  const scope = claimedScope(request);
  const service = parts.services.get(scope?.service ?? '');
  const record: CallRecord = { operation: 'unknown', principal: 'unknown', allowed: false, reason: '', resources: [] };
  let outcome: Pick<ObservedCall, 'error' | 'answer'> = {};
  try {
    if (service === undefined) throw unserved(scope, request);
    const { work, fault } = admit(parts, service, request, requestId, record);
    if (fault !== undefined) await strike(fault, work.service, work);
    const answer = await work.run();
    outcome = { answer };
    return fault?.kind === 'lose-response' ? lost : answer;
  } catch (error) {
    const known = error instanceof AwsError ? error : internal(error);
    outcome = { error: known };
    if (!record.allowed) record.reason ||= `${known.code}: ${known.message}`;
    return (service?.protocol ?? fallback).error(known, requestId);
  } finally {
    const name = service?.name ?? scope?.service ?? 'unknown';
    const at = parts.world.clock.now();
    const { operation, principal, allowed, reason, caller, input, resources } = record;
    const units = outcome.answer?.units;
    parts.calls.record({
      ...{ at, service: name, operation, principal, allowed, reason },
      ...(units === undefined ? {} : { units }),
    });
    if (caller && input && parts.observers.size > 0) {
      const { address = '127.0.0.1', headers } = request;
      const userAgent = String(headers['x-amz-user-agent'] ?? headers['user-agent'] ?? '');
      observe(parts, {
        at,
        service: name,
        operation,
        input,
        requestId,
        caller,
        resources,
        userAgent,
        address,
        ...outcome,
      });
    }
  }
};

/** Who watches can neither change an answer nor lose it. */
const observe = ({ observers }: Parts, call: ObservedCall): void => {
  for (const observer of observers) {
    try {
      observer(call);
    } catch (error) {
      console.error('local AWS endpoint:', error);
    }
  }
};

interface AdmittedWork {
  readonly service: Service;
  readonly operation: string;
  readonly input: Fields;
  readonly run: () => ServiceAnswer | Promise<ServiceAnswer>;
}

/** Who calls, what for, and may they: throws unless all is well, then says which fault waits for the call. */
const admit = (parts: Parts, service: Service, request: SignedRequest, requestId: string, record: CallRecord) => {
  const { world, credentials, faults } = parts;
  const { protocol } = service;
  const verdict = verifySignature(request, credentials, world.clock);
  if (!verdict.ok) throw protocol.signatureError(verdict.fault, verdict.message);
  if (verdict.scope.region !== world.region)
    throw protocol.signatureError('mismatch', `Credential should be scoped to a valid region: ${world.region}.`);
  const caller = verdict.key;
  record.principal = caller.principal.arn;
  const { operation, input } = protocol.parse(request);
  Object.assign(record, { operation, input, caller });
  const gate = createGate(world, caller.principal, record);
  const allow = (reason: string) => {
    Object.assign(record, { allowed: true, reason });
  };
  const run = service.authorize({ operation, input, requestId, caller, gate, allow });
  const work: AdmittedWork = { service, operation, input, run };
  return { work, fault: faults.take(service.name, operation, caller.principal.roleName) };
};

const strike = async (fault: Fault, service: Service, { operation, input }: AdmittedWork): Promise<void> => {
  switch (fault.kind) {
    case 'throttle':
      throw service.throttled(operation);
    case 'fail':
      throw new AwsError('InternalServerError', 'Internal server error', 500);
    case 'conflict':
      throw transactionConflict(operation, input);
    case 'delay':
      await wait(fault.ms ?? 1000);
      return;
    case 'lose-response':
    case 'deliver-twice':
    case 'deliver-after-next':
      return;
  }
};

/** A call that names no service we have: unsigned, unreadable, or for a service that nothing here needs yet. */
const unserved = (scope: Scope | undefined, { headers }: SignedRequest): AwsError => {
  if (scope !== undefined)
    return new AwsError(
      'UnknownOperationException',
      `The local AWS endpoint does not have the service '${scope.service}'.`,
    );
  const fault = headers.authorization === undefined ? 'missing' : 'incomplete';
  return fallback.signatureError(fault, 'Expected an Authorization header with an AWS4-HMAC-SHA256 signature.');
};

const internal = (error: unknown): AwsError => {
  console.error('local AWS endpoint:', error);
  return new AwsError('InternalFailure', 'The local AWS endpoint failed; see its standard error.', 500);
};
