import { fieldsOf } from '../../../bin/command-line/fields/fields-of.ts';
import { optionNamed, saidIn } from '../../../bin/command-line/fields/said-in.ts';
import { operationNamed } from '../../../bin/command-line/operation-named.ts';
import type { OperationName } from '../../../lambdas/client.ts';

const bodyOf = (name: OperationName) => fieldsOf(operationNamed(name).input.body, 'input');
const queryOf = (name: OperationName) => fieldsOf(operationNamed(name).input.query, 'output');
const optionIn = (name: OperationName, option: string) =>
  bodyOf(name).fields.find((each) => each.name === option)?.option;

describe('options come from the contract', () => {
  it('every property of a body is an option, or is said to need a file', () => {
    expect(bodyOf('createService').fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'name',
        'alias',
        'tier',
        'owner',
        'dependency',
        'repository',
        'on-call',
        'tag',
        'annotation',
      ]),
    );
    expect(bodyOf('createService').others).toEqual(['links']);
    expect(bodyOf('createTeam').fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['parent', 'member', 'responsibility', 'contact']),
    );
  });

  it('a change has the options of a creation, and needs none', () => {
    for (const thing of ['Service', 'Team', 'Repository'] as const) {
      const names = (fields: ReturnType<typeof bodyOf>) => fields.fields.map(({ name }) => name);
      expect(names(bodyOf(`update${thing}`))).toEqual(names(bodyOf(`create${thing}`)));
      expect(bodyOf(`update${thing}`).fields.filter(({ isNeeded }) => isNeeded)).toEqual([]);
    }
  });

  it('every filter of a list is an option', () => {
    for (const name of ['listServices', 'listTeams', 'listRepositories', 'listAuditEvents'] as const)
      expect(queryOf(name).others).toEqual([]);
    expect(queryOf('listServices').fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['owner', 'with-child-teams', 'depends-on', 'q', 'sort']),
    );
  });

  it('choices, defaults and what is needed are those of the schema', () => {
    expect(optionIn('createService', 'tier')).toMatchObject({
      choices: ['1', '2', '3', '4'],
      about: '1: customers notice at once; 4: nobody does (default 4)',
    });
    expect(optionIn('createService', 'name')?.about).toContain('(needed)');
    expect(optionIn('createRepository', 'archived')?.choices).toEqual(['true', 'false']);
    expect(optionIn('issueToken', 'scope')).toMatchObject({
      multiple: true,
      choices: expect.arrayContaining(['audit:read']),
    });
    expect(optionIn('createTeam', 'contact')?.value).toBe('email|slack|url|phone:…');
  });

  it('what is the id of another thing is known as that', () => {
    const refersTo = Object.fromEntries(bodyOf('createService').fields.map(({ name, refersTo: kind }) => [name, kind]));
    expect(refersTo).toMatchObject({ owner: 'team', dependency: 'service', repository: 'repository', name: undefined });
  });
});

describe('what options said', () => {
  const service = bodyOf('createService');
  it('has the types of the schema', () => {
    const options = {
      name: '7',
      tier: '1',
      alias: ['a', 'b'],
      'on-call': 'phone:+44 20',
      annotation: ['a/b=c=d', 'e=f'],
    };
    expect(saidIn(service, options)).toEqual({
      name: '7',
      tier: 1,
      aliases: ['a', 'b'],
      onCall: { kind: 'phone', value: '+44 20' },
      annotations: { 'a/b': 'c=d', e: 'f' },
    });
    expect(saidIn(bodyOf('createRepository'), { archived: 'false' })).toEqual({ archived: false });
  });

  it('what is no number goes as it is: the API refuses it with its reason', () => {
    expect(saidIn(service, { tier: 'high' })).toEqual({ tier: 'high' });
  });

  it('an empty value takes a field away in a change, and only there', () => {
    const options = { description: '', alias: [''], annotation: ['a=', 'b=c'], tier: '' };
    expect(saidIn(bodyOf('updateService'), options, true)).toEqual({
      description: null,
      aliases: [],
      annotations: { a: null, b: 'c' },
      tier: null,
    });
    expect(saidIn(service, { description: '' })).toEqual({ description: '' });
  });

  it.each([
    [{ 'on-call': 'slack' }, '--on-call is "slack": expected email|slack|url|phone:….'],
    [{ annotation: ['=x'] }, '--annotation is "=x": expected key=value.'],
  ])('%j is refused here, with exit code 2', (options, message) => {
    expect(() => saidIn(service, options)).toThrow(expect.objectContaining({ exitCode: 2, message }));
  });

  it('a refused field is called what the person wrote', () => {
    const optionOf = optionNamed(service, { alias: ['A'], 'on-call': 'x' });
    expect(['body.aliases.0', 'body.onCall.value', 'body.tier', 'header.if-match'].map(optionOf)).toEqual([
      '--alias',
      '--on-call',
      undefined,
      '--if-version',
    ]);
  });
});
