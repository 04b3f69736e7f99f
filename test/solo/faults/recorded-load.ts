import { setTimeout as wait } from 'node:timers/promises';
import type { AuditEvent } from '../../../lambdas/kernel/audit-event.ts';
import type { Caller } from '../../harness/caller.ts';
import type { Reply } from '../../harness/http.ts';

interface Service {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

/** What was acknowledged of one service, in the words of the audit trail, and the version it had then. */
interface Acknowledged {
  readonly actions: string[];
  version: number;
  /** Sent, and neither acknowledged nor refused: it may or may not be there. */
  unanswered?: string;
}

export interface Load {
  readonly acknowledged: ReadonlyMap<string, Acknowledged>;
  readonly refusals: readonly Reply[];
  /** Resolves when so many changes have been acknowledged. */
  reached(changes: number): Promise<void>;
  stop(): Promise<void>;
}

/** Writers that create, replace and delete services one after another and remember each acknowledgement. */
export const startLoad = (writers: number, caller: Caller): Load => {
  const acknowledged = new Map<string, Acknowledged>();
  const refusals: Reply[] = [];
  let going = true;
  let changes = 0;

  const change = async (id: string, action: string, method: string, expected: number): Promise<boolean> => {
    const known = acknowledged.get(id);
    if (!known) return false;
    known.unanswered = action;
    const reply = await caller.ask(method, `/v1/services/${id}`, {
      headers: [['If-Match', `"${known.version}"`]],
      ...(method === 'PUT' && { body: { name: 'Replaced' } }),
    });
    delete known.unanswered;
    if (reply.status !== expected) {
      refusals.push(reply);
      known.unanswered = action;
      return false;
    }
    known.actions.unshift(action);
    known.version += 1;
    changes += 1;
    return true;
  };

  const write = async (writer: number): Promise<void> => {
    for (let round = 0; going; round += 1) {
      const reply = await caller.ask('POST', '/v1/services', { body: { name: `Writer ${writer}, round ${round}` } });
      if (reply.status !== 201) {
        refusals.push(reply);
        continue;
      }
      const { id } = reply.json as Service;
      acknowledged.set(id, { actions: ['service.created'], version: 1 });
      changes += 1;
      if (!(await change(id, 'service.replaced', 'PUT', 200))) continue;
      if (round % 3 === 0) await change(id, 'service.deleted', 'DELETE', 204);
    }
  };

  // A writer whose connection breaks stops there: what it had sent stays unanswered.
  const running = Array.from({ length: writers }, (_, writer) => write(writer).catch(() => undefined));
  return {
    acknowledged,
    refusals,
    reached: async (wanted) => {
      while (changes < wanted) await wait(10);
    },
    stop: async () => {
      going = false;
      await Promise.all(running);
    },
  };
};

/** Compares what is there with what was acknowledged: each change and its audit event, exactly once. */
export const expectAllKept = async ({ acknowledged }: Load, caller: Caller): Promise<void> => {
  const services = new Map((await caller.all<Service>('/v1/services')).map((service) => [service.id, service]));
  const events = new Map<string, string[]>();
  for (const { subject, action } of await caller.all<AuditEvent>('/v1/audit-events'))
    events.set(subject, [...(events.get(subject) ?? []), action]);
  for (const [id, { actions, version, unanswered }] of acknowledged) {
    const asSaid = { actions, version: actions[0] === 'service.deleted' ? undefined : version };
    const further = unanswered && {
      actions: [unanswered, ...actions],
      version: unanswered === 'service.deleted' ? undefined : version + 1,
    };
    const found = { actions: events.get(id), version: services.get(id)?.version };
    expect(further ? [asSaid, further] : [asSaid]).toContainEqual(found);
  }
  // Nothing is there without its event, nor an event without its change.
  for (const id of services.keys()) expect(events.get(id)?.at(-1)).toBe('service.created');
  for (const [id, actions] of events)
    if (id.startsWith('svc_')) expect(services.has(id)).toBe(actions[0] !== 'service.deleted');
};
