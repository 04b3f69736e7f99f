import { contract } from '../../lambdas/contract.ts';
import { ask, linesIn, type Reply } from '../harness/http.ts';
import { type TestTwin, workerTwin } from '../harness/twin.ts';
import { askOf, urlOf, validRequest } from '../harness/valid-request.ts';
import { itWith } from './programs.ts';
import { runPython } from './run-program.ts';

interface Answer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly mediaType: string | undefined;
  readonly body: unknown;
}

let twin: TestTwin;
let document: Readonly<Record<string, unknown>>;
beforeAll(async () => {
  twin = await workerTwin();
  document = (await ask(twin.addresses.apiUrl, 'GET', '/v1/openapi.json')).json as typeof document;
});

const answerOf = (path: string, method: string, { status, headers, text, json }: Reply): Answer => {
  const mediaType = headers['content-type']?.toString();
  const isPage = mediaType?.startsWith('text/html') ?? false;
  const body = mediaType?.endsWith('ndjson') ? linesIn(text) : isPage ? text : (json ?? null);
  return { method, path, status, mediaType, body };
};

/** Of every route: a success, and refusals of the caller and of the request. */
const realAnswers = async (): Promise<readonly Answer[]> => {
  const { apiUrl } = twin.addresses;
  const tenant = await twin.tenant();
  const answers: Answer[] = [];
  for (const route of contract) {
    const request = await validRequest(route, apiUrl, tenant);
    const note = async (reply: Promise<Reply>) => answers.push(answerOf(route.path, route.method, await reply));
    const url = urlOf(request);
    const isPublic = route.permission === 'public';
    if (!isPublic) await note(ask(apiUrl, route.method, url));
    await note(
      ask(apiUrl, route.method, `${url}${url.includes('?') ? '&' : '?'}unknown=1`, askOf(request, tenant.token)),
    );
    await note(ask(apiUrl, route.method, url, askOf(request, isPublic ? undefined : tenant.token)));
  }
  return answers;
};

const validate = (answers: readonly Answer[]) =>
  runPython<readonly (readonly string[])[]>('jsonschema', 'validate-answers.py', { document, answers });

itWith('openapi-spec-validator')('the served document is OpenAPI 3.1', async () => {
  const check = (given: object) => runPython<readonly string[]>('openapi-spec-validator', 'validate-openapi.py', given);
  expect(await check(document)).toEqual([]);
  expect(await check({ ...document, info: { title: 'Untitled' } })).not.toEqual([]);
});

itWith('jsonschema')('every route answers as the served document says, its refusals too', async () => {
  const answers = await realAnswers();
  const problems = await validate(answers);
  expect(
    answers.flatMap((answer, at) => (problems[at]?.length ? [{ ...answer, problems: problems[at] }] : [])),
  ).toEqual([]);
  for (const { method, path, answers: success } of contract)
    expect(answers).toContainEqual(expect.objectContaining({ method, path, status: success.status }));
});

itWith('jsonschema')('an answer that lacks a field, or has one more, would be found out', async () => {
  const { token } = await twin.tenant();
  const me = answerOf('/v1/me', 'GET', await ask(twin.addresses.apiUrl, 'GET', '/v1/me', { token }));
  const { role: _, ...lacking } = me.body as Record<string, unknown>;
  const altered = [me, { ...me, body: lacking }, { ...me, body: { ...lacking, role: 'king' } }, { ...me, status: 299 }];
  expect((await validate(altered)).map(({ length }) => length > 0)).toEqual([false, true, true, true]);
});
