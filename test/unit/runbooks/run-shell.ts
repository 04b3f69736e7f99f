import { spawnSync } from 'node:child_process';
import { root } from './pages.ts';

/** What the fakes print, where a command's answer is used by the next. */
export const faked = { account: '222222222222', now: 1_800_000_000 };

const start = 'STAGE=production REGION=eu-central-1 && . docs/runbooks/on-call.sh';
const recorded = ['aws', 'npx', 'npm', 'git', 'curl'];
/** Programs that change nothing and that every machine has. */
const harmless = ['grep', 'base64', 'cut', 'sleep'];

const fakes = [
  // Units and records end with ASCII's own separators: a query may hold any other character.
  ...recorded.map(
    (name) => `${name}() { { printf '%s\\037' ${name} "$@"; printf '\\036'; } >&3; echo ${faked.account}; }`,
  ),
  ...harmless.map((name) => `${name}() { :; }`),
  `date() { echo ${faked.now}; }`,
];

/**
 * The commands that a text of shell would run, word by word, as a shell itself reads it. Nothing is run: programs are
 * fakes, and there is no PATH to find others. Each text stands alone, after the beginning that every runbook has: people
 * skip to the part they need.
 * @throws with the shell's words for a program that is not faked, a variable that is not set and wrong syntax
 */
export const commandsIn = (text: string, { unset = false } = {}): readonly (readonly string[])[] => {
  const script = [`set -e${unset ? '' : 'u'}`, ...fakes, start, `printf '\\035' >&3`, text].join('\n');
  const { status, stderr, output } = spawnSync('/bin/sh', ['-c', script], {
    cwd: root,
    env: { PATH: '', RINGFENCE_TOKEN: 'rfp_example' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(`The shell ended with ${status}: ${stderr}\n${text}`);
  const [, after = ''] = (output[3] ?? '').split('\u001d');
  return after
    .split('\u001e')
    .filter(Boolean)
    .map((record) => record.split('\u001f').slice(0, -1));
};
