import type { AuditEvent } from '../../lambdas/kernel/audit-event.ts';
import { type Ask, ask, type Reply } from './http.ts';
import type { TestTwin } from './twin.ts';

/** Somebody with a token, calling the API of a twin. */
export interface Caller {
  ask(method: string, path: string, sent?: Omit<Ask, 'token'>): Promise<Reply>;
  /** All elements of a list, page after page. */
  all<T>(path: string): Promise<readonly T[]>;
  /** What the audit trail says of one subject. */
  auditOf(subject: string): Promise<readonly AuditEvent[]>;
  /** What the audit trail says of one action, whatever its subject. */
  audited(action: string): Promise<readonly AuditEvent[]>;
}

export const callerOf = ({ addresses }: Pick<TestTwin, 'addresses'>, token: string): Caller => {
  const call: Caller['ask'] = (method, path, sent = {}) => ask(addresses.apiUrl, method, path, { ...sent, token });
  const all = async <T>(path: string): Promise<readonly T[]> => {
    const items: T[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const query = `${path.includes('?') ? '&' : '?'}limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
      const reply = await call('GET', path + query);
      if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.text}`);
      const page = reply.json as { items: readonly T[]; next?: string };
      items.push(...page.items);
      cursor = page.next;
      more = cursor !== undefined;
    }
    return items;
  };
  return {
    ask: call,
    all,
    auditOf: (subject) => all(`/v1/audit-events?subject=${subject}`),
    audited: async (action) => (await all<AuditEvent>('/v1/audit-events')).filter((event) => event.action === action),
  };
};

/** `count` calls at the same time. */
export const atOnce = <T>(count: number, call: (n: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => call(n)));
