import type { Credentials } from '../operators-endpoint.ts';

/** The drill's hands on the twin: docs/twin.md, "Control server and faults". */
export interface Control {
  now(): Promise<number>;
  /** Moves the twin's clock on, and has its alarms evaluated for every minute that passed. */
  pass(ms: number): Promise<void>;
  record(record: Readonly<Record<string, unknown>>): Promise<void>;
  session(role: string, tags: Readonly<Record<string, string>>): Promise<Credentials>;
  replaceCode(functionName: string, directory: string): Promise<void>;
  restoreCode(functionName: string): Promise<void>;
}

export const controlOf = (address: string): Control => {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${address}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { readonly error?: string };
    if (!response.ok) throw new Error(`${method} ${path} of the twin's control server: ${answer.error}`);
    return answer;
  };
  return {
    now: async () => (await call<{ now: number }>('GET', '/clock')).now,
    pass: async (advanceMs) => {
      await call('POST', '/clock', { advanceMs });
      await call('POST', '/evaluate');
    },
    record: async (record) => void (await call('POST', '/trail', { record })),
    session: (role, tags) => call('POST', '/credentials', { role, tags }),
    replaceCode: async (fn, directory) => void (await call('POST', '/code', { function: fn, directory })),
    restoreCode: async (fn) => void (await call('DELETE', '/code', { function: fn })),
  };
};
