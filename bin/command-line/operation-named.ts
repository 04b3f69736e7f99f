import type { OperationName } from '../../lambdas/client.ts';
import { contract } from '../../lambdas/contract.ts';
import type { Operation } from '../../lambdas/kernel/define-route.ts';

/** An operation of the contract. @throws Error when it has none of this name: the table of commands is wrong. */
export const operationNamed = (name: OperationName): Operation => {
  const found = contract.find(({ operation }) => operation === name);
  if (!found) throw new Error(`The contract has no operation "${name}".`);
  return found;
};

export interface PathWord {
  /** `tokenId` */
  readonly parameter: string;
  /** `token id` */
  readonly name: string;
}

/** What a path asks for, as words of a command. */
export const pathWords = ({ path }: Operation): readonly PathWord[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => ({
    parameter,
    name: parameter.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
  }));

/** The path parameters that words gave. */
export const inPath = (
  operation: Operation,
  words: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(pathWords(operation).map(({ parameter, name }) => [parameter, words[name] ?? '']));
