import { CommandError } from '../../../bin/command-error.ts';
import { groups } from '../../../bin/command-line/groups.ts';
import { readCommand } from '../../../bin/command-line/read-command.ts';
import { runWords } from '../../../bin/command-line.ts';

const read = ([name, ...words]: readonly string[]) => {
  const group = groups.find((each) => each.name === name);
  if (!group) throw new Error(`No group "${name}".`);
  return readCommand(group, words).call;
};

describe('wrong usage: exit code 2, one line that names it, and where to read on', () => {
  it.each([
    [['servces', 'list'], 'There is no group "servces". Did you mean services? See "npx ringfence --help".'],
    [['x'], /^There is no group "x"\. Groups: login, .*completion\./],
    [['toString'], /^There is no group "toString"\./],
    [
      ['services', 'lst'],
      /^There is no command "services lst". Did you mean list\? See "npx ringfence services --help"\.$/,
    ],
    [['services', '__proto__'], /^There is no command "services __proto__"\./],
    [['services', '--json'], /^"services" needs a command: list, show, create, update, delete\./],
    [['services', 'list', '--tire', '1'], "Unknown option '--tire'. Did you mean --tier? See"],
    [['services', 'list', '--toString'], "Unknown option '--toString'."],
    [['services', 'list', '-x'], "Unknown option '-x'."],
    [['services', 'list', '--tier', '9'], '--tier is "9": expected 1, 2, 3, 4.'],
    [['services', 'list', '--tier'], "Option '--tier <value>' argument missing."],
    [['services', 'list', '--json=yes'], "Option '--json' does not take an argument."],
    [['services', 'list', 'more'], '"more" is one word too many.'],
    [['services', 'list', '--limit', '0'], '--limit is "0": expected a whole number from 1.'],
    [['services', 'show'], '"services show" needs a service.'],
    [['services', 'show', ''], '"services show" needs a service.'],
    [['services', 'show', 'x', '--tier', '1'], '"services show" takes no --tier.'],
    [['services', 'create'], 'Nothing was said: give a field as an option, or --from.'],
    [
      ['tokens', 'issue', '--name', 'x', '--scope', 'services:reed'],
      /^--scope is "services:reed": expected one of them each time: me:read, /,
    ],
    [['tokens', 'revoke'], '"tokens revoke" needs a token id.'],
    [['completion'], '"completion" needs a shell: bash, zsh, fish.'],
    [['completion', 'bsh'], '"bsh" is no shell: expected bash, zsh, fish. Did you mean bash?'],
    [['verify', 'all'], '"all" is one word too many.'],
    [['login', '--profile', 'a/b'], 'The profile is named "a/b": expected letters, digits'],
    [
      ['login', '--url', 'http://api.example.com'],
      /^--url is .*: a token must not travel in the clear; expected an https address/,
    ],
  ])('%j', async (words, line) => {
    const told = await runWords(words).catch((error: Error) => error);
    expect(told).toBeInstanceOf(CommandError);
    expect(told).toMatchObject({
      exitCode: 2,
      message: typeof line === 'string' ? expect.stringContaining(line) : expect.stringMatching(line),
    });
    expect((told as Error).message).not.toContain('\n');
  });
});

it.each([['login', 'X'], ['services', 'list', '--profile=X'], ['X'], ['--help', 'X']])(
  'a token as a word is refused, and not said again: %s %s %s',
  async (...words) => {
    const token = `rfp_${'a1'.repeat(38)}b`;
    const told = await runWords(words.map((word) => word?.replace('X', token) ?? '')).catch((error: Error) => error);
    expect(told).toMatchObject({ exitCode: 2, message: expect.stringContaining('Revoke it, issue another') });
    expect(String(told)).not.toContain('rfp_');
  },
);

describe('what is right', () => {
  it('options may stand before the command, after it and after its word; lists are collected', () => {
    expect(read(['services', '--json', 'create', '--alias', 'a', '--name', 'list', '--alias', 'b'])).toEqual({
      words: {},
      options: expect.objectContaining({ json: true, name: 'list', alias: ['a', 'b'] }),
    });
    expect(read(['tenants', '--data', 'd', 'revoke-token', '--reason', 'r', 'acme', 'tok_x'])).toEqual({
      words: { slug: 'acme', 'token id': 'tok_x' },
      options: expect.objectContaining({ data: 'd', reason: 'r', json: false }),
    });
  });

  it('after -- a word may begin with a dash', () => {
    expect(read(['services', 'show', '--', '--odd']).words).toEqual({ service: '--odd' });
  });
});
