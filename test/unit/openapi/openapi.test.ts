import { z } from 'zod';
import document from '../../../docs/openapi.json' with { type: 'json' };
import { contract } from '../../../lambdas/contract.ts';
import { errorsOf } from '../../../lambdas/kernel/define-route.ts';
import { errors } from '../../../lambdas/kernel/errors.ts';
import { apiVersion, openApiOf } from '../../../lambdas/openapi.ts';
import { schemasOf } from '../../../lambdas/openapi-schemas.ts';
import project from '../../../package.json' with { type: 'json' };

const derived = openApiOf(contract);
const operationAt = (path: string, method: string) => {
  const found = derived.paths[path]?.[method.toLowerCase()];
  if (!found) throw new Error(`${method} ${path} is not in the document.`);
  return found;
};

/** Every `$ref` anywhere in a value. */
const refsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([word, inner]) =>
    word === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  );
};
const lookUp = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((value, word) => (value as Record<string, unknown> | undefined)?.[word], derived);

describe('the OpenAPI document', () => {
  it('is the file in docs: after a change, npm run routes -- --write', () => {
    expect(document).toEqual(JSON.parse(JSON.stringify(derived)));
  });

  it('has the same bytes however the contract is ordered within a feature', () => {
    expect(JSON.stringify(openApiOf(contract))).toBe(JSON.stringify(derived));
    const paths = contract.map(({ path }) => path);
    expect([...new Set(paths)]).toEqual(Object.keys(derived.paths));
  });

  it('has the version of the product', () => {
    expect(apiVersion).toBe(project.version);
  });

  it('refers to nothing that is not there, and has no component that nothing refers to', () => {
    const refs = new Set(refsIn(derived));
    for (const ref of refs) expect([ref, lookUp(ref)]).toEqual([ref, expect.anything()]);
    const all = [
      ...Object.keys(derived.components.schemas).map((name) => `#/components/schemas/${name}`),
      ...Object.keys(derived.components.responses).map((name) => `#/components/responses/${name}`),
    ];
    expect([...refs].sort()).toEqual(all.sort());
    expect(JSON.stringify(derived)).not.toContain('$defs');
  });

  describe.each(contract.map((operation) => [operation.operation, operation] as const))('%s', (name, operation) => {
    const described = operationAt(operation.path, operation.method);

    it('stands under its name, with its permission', () => {
      expect(described.operationId).toBe(name);
      expect(described.security).toEqual(operation.permission === 'public' ? [] : [{ token: [operation.permission] }]);
    });

    it('lists its success and every error it can answer, and no other', () => {
      const codes = Object.entries(described.responses).flatMap(([status, response]) => {
        if (!('$ref' in response)) return [[Number(status), 'success']];
        const content = JSON.stringify(lookUp(response.$ref));
        const { enum: listed } = JSON.parse(/"code":({"enum":\[.*?\]})/.exec(content)?.[1] ?? '{}') as {
          enum: string[];
        };
        return listed.map((code) => [Number(status), code]);
      });
      const expected = errorsOf(operation).map((code) => [errors[code].status, code]);
      expect(new Set(codes)).toEqual(new Set([[operation.answers.status, 'success'], ...expected]));
    });

    it('has the parameters of its schemas and of its kind', () => {
      const of = (place: string) => (described.parameters ?? []).filter((each) => each.in === place);
      const fieldsOf = (schema: unknown) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []);
      expect(of('path').map((each) => each.name)).toEqual(fieldsOf(operation.input.path));
      expect(of('path').every((each) => each.required)).toBe(true);
      expect(of('query').map((each) => each.name)).toEqual(
        fieldsOf('query' in operation.input && operation.input.query),
      );
      expect(of('query').some((each) => each.required)).toBe(false);
      expect(of('header').map((each) => each.name)).toEqual([
        ...(operation.method === 'POST' ? ['Idempotency-Key'] : []),
        ...(operation.ifMatch ? ['If-Match'] : []),
      ]);
      expect(described.requestBody !== undefined).toBe(operation.input.body !== undefined);
    });
  });

  it('says what a query parameter is meant as, though it arrives as text', () => {
    const parameters = operationAt('/v1/services', 'GET').parameters ?? [];
    const schemaOf = (name: string) => parameters.find((each) => each.name === name)?.schema;
    expect(schemaOf('tier')).toEqual({ $ref: '#/components/schemas/Tier' });
    expect(schemaOf('limit')).toEqual({ type: 'integer', format: 'int32', minimum: 1, maximum: 100, default: 25 });
  });

  it('names Location only where the new item can be read', () => {
    const headersOf = (path: string) => {
      const created = operationAt(path, 'POST').responses['201'];
      return created && 'headers' in created ? Object.keys(created.headers ?? {}) : [];
    };
    expect(headersOf('/v1/services')).toEqual(['ETag', 'Location', 'Idempotency-Replayed']);
    expect(headersOf('/v1/tokens')).toEqual(['Idempotency-Replayed']);
  });
});

describe('schemas with a name', () => {
  const Part = z.strictObject({ size: z.int().default(1) }).meta({ id: 'Part' });
  const Whole = z.strictObject({ part: Part }).meta({ id: 'Whole' });
  const Leaf = z.string().meta({ id: 'Leaf' });

  it('are two where requests and answers differ, and so are those around them', () => {
    const { of, components } = schemasOf({ sent: Whole, word: Leaf }, { answered: Whole, told: Leaf });
    expect(Object.keys(components)).toEqual(['Leaf', 'Part', 'PartRequest', 'Whole', 'WholeRequest']);
    expect(of.sent).toEqual({ $ref: '#/components/schemas/WholeRequest' });
    expect(of.answered).toEqual({ $ref: '#/components/schemas/Whole' });
    expect(components.Part?.required).toEqual(['size']);
    expect(components.PartRequest?.required).toBeUndefined();
    expect(components.WholeRequest).toMatchObject({
      properties: { part: { $ref: '#/components/schemas/PartRequest' } },
    });
    expect(of.word).toEqual(of.told);
  });

  it('are refused where the second name is taken, or one id means two things', () => {
    const taken = z.string().meta({ id: 'PartRequest' });
    expect(() => schemasOf({ a: Part, b: taken }, { c: Part })).toThrow(/"PartRequest", which is taken/);
    expect(() => schemasOf({}, { a: z.string().meta({ id: 'Same' }), b: z.number().meta({ id: 'Same' }) })).toThrow();
  });
});
