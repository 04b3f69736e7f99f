import { spawnSync } from 'node:child_process';
import { hasPackages } from './packages.ts';

/** Independent programs that the twin is held against, with the command that installs each. */
const programs = {
  aws: { runs: ['aws', '--version'], install: 'apt-get install awscli' },
  bash: { runs: ['bash', '--version'], install: 'apt-get install bash' },
  curl: { runs: ['curl', '--version'], install: 'apt-get install curl' },
  chromium: { runs: ['chromium', '--version'], install: 'apt-get install chromium' },
  openssl: { runs: ['openssl', 'version'], install: 'apt-get install openssl' },
  awscli: { imports: 'awscli', install: 'apt-get install awscli' },
  botocore: { imports: 'botocore', install: 'apt-get install python3-botocore' },
  bcrypt: { imports: 'bcrypt', install: 'apt-get install python3-bcrypt' },
  jsonschema: { imports: 'jsonschema', install: 'apt-get install python3-jsonschema' },
  'openapi-spec-validator': {
    imports: 'openapi_spec_validator',
    install: 'python3 -m pip install openapi-spec-validator (in a virtual environment, with PYTHON set to its python)',
  },
  'test/peers/packages': {
    isThere: hasPackages,
    install: 'cp -r test/peers/packages /tmp/peers && npm ci --prefix /tmp/peers (and PEERS_PACKAGES=/tmp/peers)',
  },
} as const satisfies Record<string, Program>;

type Program = { readonly install: string } & (
  | { readonly runs: readonly [string, ...string[]] }
  | { readonly imports: string }
  | { readonly isThere: () => boolean }
);
export type ProgramName = keyof typeof programs;
export type PythonPackage = {
  [N in ProgramName]: (typeof programs)[N] extends { imports: string } ? N : never;
}[ProgramName];

const works = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** A machine may have several: Debian's own sees Debian's packages, others see theirs. */
const pythons = [...(process.env.PYTHON ? [process.env.PYTHON] : []), 'python3', '/usr/bin/python3'];

/** The first Python that has a package. */
export const pythonWith = (name: PythonPackage): string | undefined =>
  pythons.find((python) => works(python, ['-c', `import ${programs[name].imports}`]));

const looksFor = (name: ProgramName, program: Program): boolean => {
  if ('isThere' in program) return program.isThere();
  return 'runs' in program
    ? works(program.runs[0], program.runs.slice(1))
    : pythonWith(name as PythonPackage) !== undefined;
};

const known = new Map<ProgramName, boolean>();
const isThere = (name: ProgramName): boolean => {
  const program: Program = programs[name];
  const found = known.get(name) ?? looksFor(name, program);
  known.set(name, found);
  return found;
};

/** `it`, where these programs are; elsewhere the test is skipped, and its title says what to install. */
export const itWith = (...names: readonly ProgramName[]): ((title: string, test: () => Promise<void>) => void) => {
  const missing = names.filter((name) => !isThere(name));
  if (missing.length === 0) return it;
  const why = missing.map((name) => `${name} is not here: ${programs[name].install}`).join('; ');
  return (title) => it.skip(`${title} (${why})`, () => {});
};
