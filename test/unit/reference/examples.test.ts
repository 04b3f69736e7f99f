import { contract } from '../../../lambdas/contract.ts';
import { successOf } from '../../../lambdas/features/reference/answered-object.ts';
import { curlOf } from '../../../lambdas/features/reference/curl-of.ts';
import { type Described, operationsIn, type Schema } from '../../../lambdas/features/reference/described.ts';
import { exampleOf } from '../../../lambdas/features/reference/example-of.ts';
import { shownJson } from '../../../lambdas/features/reference/shown-json.ts';
import { openApiOf } from '../../../lambdas/openapi.ts';
import { ServedDocument } from '../../twin/fuzz/served-document.ts';

const document = openApiOf(contract);
const api = new ServedDocument(document);
const operations = operationsIn(document).map((operation) => [operation.operationId, operation] as const);

const expectValid = (schema: Schema, value: unknown): void => {
  const validate = api.validator(schema as Readonly<Record<string, unknown>>);
  expect([value, validate(value) || validate.errors]).toEqual([value, true]);
};

/** Every schema in the document that has examples. */
const withExamples = (value: unknown): readonly Schema[] => {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(withExamples);
  return Array.isArray((value as Schema).examples) ? [value as Schema, ...inner] : inner;
};

it('each example that a schema gives is one', () => {
  const schemas = withExamples(document);
  expect(schemas.length).toBeGreaterThan(10);
  for (const schema of schemas) for (const example of schema.examples ?? []) expectValid(schema, example);
});

describe.each(operations)('%s', (_, operation: Described) => {
  it('shows a body and parameters that it takes', () => {
    for (const { schema } of Object.values(operation.requestBody?.content ?? {}))
      expectValid(schema as Schema, exampleOf(document, schema as Schema, 'least'));
    for (const { schema } of operation.parameters ?? [])
      expectValid(schema as Schema, exampleOf(document, schema as Schema, 'least'));
  });

  it('shows an answer that it can give', () => {
    const { schema, mediaType = '' } = successOf(operation);
    if (schema && mediaType.includes('json')) expectValid(schema, exampleOf(document, schema, 'all'));
  });
});

describe('a command', () => {
  const [base] = operationsIn(document).filter(({ operationId }) => operationId === 'createTeam');
  if (!base) throw new Error('The document has no createTeam.');
  const commandWith = (name: string): string => {
    const schema = { type: 'object', properties: { name: { type: 'string', examples: [name] } } };
    return curlOf(document, {
      ...base,
      requestBody: { required: true, content: { 'application/json': { schema } } },
    });
  };

  it('holds for a shell, whatever is in its body', () => {
    expect(commandWith("it's `$(id)`")).toContain(`-d '{ "name": "it'\\''s \`$(id)\`" }'`);
  });

  it('has the headers that the operation takes, a new key each time', () => {
    expect(commandWith('a').split(' \\\n  ')).toEqual([
      'curl -i "$API/v1/teams"',
      '-H "Authorization: Bearer $TOKEN"',
      "-H 'Content-Type: application/json'",
      '-H "Idempotency-Key: $(openssl rand -hex 16)"',
      '-d \'{ "name": "a" }\'',
    ]);
    const [replace] = operationsIn(document).filter(({ operationId }) => operationId === 'replaceTeam');
    expect(replace && curlOf(document, replace)).toContain(`-H 'If-Match: "1"'`);
  });
});

it('JSON for people is JSON, its lines short where they can be', () => {
  const value = { a: [1, 2], b: { c: 'd'.repeat(60) }, e: [], f: [{ g: null }, { g: 'h'.repeat(50) }] };
  expect(JSON.parse(shownJson(value))).toEqual(value);
  expect(shownJson(value).split('\n').slice(0, 3)).toEqual(['{', '  "a": [1, 2],', '  "b": {']);
});
