import type { Statement } from '../types.ts';
import type { LambdaFunction } from './lambda-function.ts';

export interface RegisteredFunction {
  readonly run: LambdaFunction;
  /** Statements of its resource policy, one for each AWS::Lambda::Permission. */
  readonly permissions: Statement[];
}

/** The functions of the template by name; ARNs, qualified ARNs and `<stack>/<logical id>` find them too. */
export interface FunctionRegistry {
  add(run: LambdaFunction): void;
  find(nameOrArn: string): RegisteredFunction | undefined;
  all(): readonly RegisteredFunction[];
}

export const createFunctionRegistry = (): FunctionRegistry => {
  const byName = new Map<string, RegisteredFunction>();
  return {
    add: (run) => {
      byName.set(run.definition.name, { run, permissions: [] });
    },
    find: (nameOrArn) => {
      const name = /^arn:aws:lambda:[^:]+:[^:]+:function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
      const origin = (known: RegisteredFunction) =>
        known.run.definition.origin === name || known.run.definition.origin.endsWith(`/${name}`);
      return byName.get(name) ?? [...byName.values()].find(origin);
    },
    all: () => [...byName.values()],
  };
};
