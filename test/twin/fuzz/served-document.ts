import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Operation } from '../../../lambdas/contract.ts';
import type { OpenApi, OpenApiOperation } from '../../../lambdas/openapi.ts';

export type Schema = Readonly<Record<string, unknown>>;

/** The document that a running API serves of itself, and the validators of what it says. */
export class ServedDocument {
  readonly document: OpenApi;
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<Schema, ValidateFunction>();

  constructor(document: OpenApi) {
    this.document = document;
    // Patterns say all that formats mean; `iri` is what a URL parser takes.
    this.#ajv = new Ajv2020({
      strict: false,
      formats: { iri: (text: string) => URL.canParse(text), 'date-time': true, email: true, int32: true, int64: true },
    });
    this.#ajv.addSchema(document, 'api');
  }

  operation({ method, path }: Pick<Operation, 'method' | 'path'>): OpenApiOperation {
    const found = this.document.paths[path]?.[method.toLowerCase()];
    if (!found) throw new Error(`The served document has no ${method} ${path}.`);
    return found;
  }

  /** What stands behind a reference, or the schema itself. */
  resolved(schema: Schema): Schema {
    const { $ref, ...beside } = schema;
    if (typeof $ref !== 'string') return schema;
    const found = $ref
      .slice(2)
      .split('/')
      .reduce<unknown>((at, word) => (at as Schema)[word], this.document);
    return { ...this.resolved(found as Schema), ...beside };
  }

  /** A schema of the document, which may refer to others in it. Compiled once. */
  validator(schema: Schema): ValidateFunction {
    const known = this.#validators.get(schema);
    if (known) return known;
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/');
    const made = this.#ajv.compile(JSON.parse(text));
    this.#validators.set(schema, made);
    return made;
  }

  /** The schema of an answer, by status and media type; undefined where the document knows no such answer. */
  answer(operation: OpenApiOperation, status: number, mediaType: string): ValidateFunction | undefined {
    const response = operation.responses[String(status)];
    const { content } = (response ? this.resolved(response as Schema) : {}) as {
      content?: Record<string, { schema: Schema }>;
    };
    const schema = content?.[mediaType]?.schema;
    return schema && this.validator(schema);
  }
}
