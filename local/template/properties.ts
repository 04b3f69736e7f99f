import { TwinError } from '../twin-error.ts';
import type { Resource } from './create-stack.ts';
import { isList, isObject, type Json, type JsonObject } from './json.ts';

/** Reads properties of one resource; a wrong one stops the start with stack, logical id, property and value. */
export interface Properties {
  text(name: string): string;
  text(name: string, otherwise: string): string;
  number(name: string, otherwise: number): number;
  has(name: string): boolean;
  list(name: string): readonly Json[];
  texts(name: string): readonly string[];
  object(name: string): JsonObject;
}

export const propertiesOf = (resource: Resource): Properties => {
  const { properties } = resource;
  const wrong = (name: string, expected: string): never => {
    throw new TwinError(
      `${resource.stack}/${resource.logicalId} (${resource.type}): ${name} is ${JSON.stringify(properties[name])}, expected ${expected}.`,
      'Correct the stack.',
    );
  };
  const list = (name: string): readonly Json[] => {
    const value = properties[name] ?? [];
    return isList(value) ? value : wrong(name, 'a list');
  };
  return {
    text: (name: string, otherwise?: string) => {
      const value = properties[name] ?? otherwise;
      return typeof value === 'string' ? value : wrong(name, 'a string');
    },
    number: (name, otherwise) => {
      const value = Number(properties[name] ?? otherwise);
      return Number.isFinite(value) ? value : wrong(name, 'a number');
    },
    has: (name) => properties[name] !== undefined,
    list,
    texts: (name) => list(name).map((item) => (typeof item === 'string' ? item : wrong(name, 'a list of strings'))),
    object: (name) => {
      const value = properties[name] ?? {};
      return isObject(value) ? value : wrong(name, 'an object');
    },
  };
};
