import { execFileSync, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { bashCompletion } from '../../../bin/command-line/completion/bash.ts';
import { groups } from '../../../bin/command-line/groups.ts';
import { runCommand } from '../../harness/run-command.ts';

const root = resolve(import.meta.dirname, '../../..');

/** What bash offers for a line whose last word is being written. */
const offered = (words: readonly string[]): readonly string[] => {
  const ask = `${bashCompletion(groups)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ringfence; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-uc', ask, 'bash', 'ringfence', ...words], { encoding: 'utf8', cwd: root })
    .split('\n')
    .filter(Boolean);
};

it.each([
  [['ser'], ['services']],
  [
    ['services', ''],
    ['list', 'show', 'create', 'update', 'delete'],
  ],
  [
    ['services', 'list', '--li'],
    ['--lifecycle', '--limit'],
  ],
  [
    ['services', 'list', '--tier', ''],
    ['1', '2', '3', '4'],
  ],
  [
    ['--json', 'tokens', 'issue', '--scope', 'services:'],
    ['services:read', 'services:write'],
  ],
  [['services', 'create', '--name', ''], []],
  [['services', 'create', '--from', 'package.j'], ['package.json']],
  [['verify', '--stage', 'staging', '--j'], ['--json']],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish', '--help'],
  ],
  [['$(touch x)', ''], []],
])('bash completes %j', (words, choices) => expect(offered(words)).toEqual(choices));

it('completion prints the script that was asked for', async () => {
  const { code, out, err } = await runCommand('ringfence.js', ['completion', 'bash']);
  expect([code, err, out]).toEqual([0, '', bashCompletion(groups)]);
});

it('whoever stops reading early is no failure', () => {
  const command = `"${process.execPath}" "${join(root, 'bin/ringfence.js')}" completion fish | head -1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  expect([stdout.split('\n')[1], stderr]).toEqual(['0', '']);
});
