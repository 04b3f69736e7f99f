import type { Resource } from '../template/create-stack.ts';
import { isObject, type Json } from '../template/json.ts';
import { TwinError } from '../twin-error.ts';
import type { PolicyDocument } from '../types.ts';

/** A policy document of a template, under the name that decisions call it by. */
export const policyDocument = (resource: Resource, name: string, document: Json | undefined): PolicyDocument => {
  if (isObject(document) && typeof document.Statement === 'object' && document.Statement !== null) {
    return { Id: name, ...document } as unknown as PolicyDocument;
  }
  throw new TwinError(
    `${resource.stack}/${resource.logicalId}: policy ${name} is ${JSON.stringify(document)}.`,
    'Give it a document with statements.',
  );
};
