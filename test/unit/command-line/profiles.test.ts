import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findConnection } from '../../../bin/command-line/connection.ts';
import { type Environment, profilePath, readProfiles, writeProfiles } from '../../../bin/command-line/profile-file.ts';

let folder: string;
let env: Environment;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'profiles-'));
  env = { XDG_CONFIG_HOME: join(folder, 'config'), RINGFENCE_DATA: join(folder, 'nothing') };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const acme = { url: 'https://api.acme.example', token: 'rfp_acme' };

describe('the file of profiles', () => {
  it.each([
    [{}, join(homedir(), '.config/ringfence/profiles.json')],
    [{ XDG_CONFIG_HOME: '/x' }, '/x/ringfence/profiles.json'],
    [{ XDG_CONFIG_HOME: 'relative' }, join(homedir(), '.config/ringfence/profiles.json')],
    [{ XDG_CONFIG_HOME: '/x', RINGFENCE_CONFIG: '/y/z.json' }, '/y/z.json'],
  ])('of %j is %s', (environment, path) => expect(profilePath(environment)).toBe(path));

  it('is its owner’s alone, in a folder that is too, whatever the umask', () => {
    const umask = process.umask(0);
    const path = writeProfiles(env, { default: acme });
    process.umask(umask);
    expect([modeOf(path), modeOf(dirname(path))]).toEqual(['600', '700']);
    expect(readProfiles(env)).toEqual({ default: acme });
  });

  it('is replaced whole, and leaves nothing beside it', () => {
    const path = writeProfiles(env, { default: acme });
    const before = statSync(path).ino;
    writeProfiles(env, { default: acme, other: acme });
    expect(statSync(path).ino).not.toBe(before);
    expect(readdirSync(dirname(path))).toEqual(['profiles.json']);
  });

  it.each([0o640, 0o604, 0o620, 0o666])('with mode %o it is not read, and the fix is said', (mode) => {
    const path = writeProfiles(env, { default: acme });
    chmodSync(path, mode);
    expect(() => readProfiles(env)).toThrow(
      expect.objectContaining({ exitCode: 1, message: expect.stringContaining(`chmod 600 ${path}`) }),
    );
  });

  it.each(['', '{', '[]', '{"profiles":{"default":{}}}', '{"profiles":{"default":{"url":"u","token":7}}}'])(
    'that says %j is refused in one line, without what it says',
    (text) => {
      const path = writeProfiles(env, {});
      writeFileSync(path, text);
      expect(() => readProfiles(env)).toThrow(
        `${path} is not a file of profiles. Delete it and sign in again: npx ringfence login`,
      );
    },
  );

  it('that is a link stays one', () => {
    const real = join(folder, 'real.json');
    writeFileSync(real, '{"profiles":{}}', { mode: 0o600 });
    const link = profilePath(env);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(real, link);
    writeProfiles(env, { default: acme });
    expect([lstatSync(link).isSymbolicLink(), JSON.parse(readFileSync(real, 'utf8'))]).toEqual([
      true,
      { profiles: { default: acme } },
    ]);
  });

  it('that cannot be written is said in one line', () => {
    writeFileSync(join(folder, 'config'), 'a file where a folder should be');
    expect(() => writeProfiles(env, {})).toThrow(/cannot be written: ENOTDIR\. RINGFENCE_CONFIG names another file\./);
  });
});

describe('whose token goes where', () => {
  const token = 'rfp_environment';
  beforeEach(() => writeProfiles(env, { default: acme, local: { url: 'http://127.0.0.1:4000', token: 'rfp_local' } }));

  it.each<[Environment, string | undefined, object]>([
    [{}, undefined, { ...acme, profile: 'default' }],
    [{}, 'local', { url: 'http://127.0.0.1:4000', token: 'rfp_local', profile: 'local' }],
    [{ RINGFENCE_PROFILE: 'local' }, undefined, { url: 'http://127.0.0.1:4000', token: 'rfp_local', profile: 'local' }],
    [{ RINGFENCE_PROFILE: 'local' }, 'default', { ...acme, profile: 'default' }],
    [{ RINGFENCE_TOKEN: token, RINGFENCE_URL: 'https://x.example/' }, undefined, { url: 'https://x.example', token }],
    [{ RINGFENCE_TOKEN: token }, undefined, { url: acme.url, token }],
    [
      { RINGFENCE_TOKEN: token, RINGFENCE_URL: 'https://x.example' },
      'local',
      { url: 'http://127.0.0.1:4000', token: 'rfp_local', profile: 'local' },
    ],
    [{ RINGFENCE_URL: acme.url }, undefined, { ...acme, profile: 'default' }],
  ])('%j, --profile %s', (more, given, connection) => {
    expect(findConnection(given, { ...env, ...more })).toEqual(connection);
  });

  it.each<[string, Environment, string | undefined, RegExp]>([
    [
      'a token of a profile to another address',
      { RINGFENCE_URL: 'https://x.example' },
      undefined,
      /it is sent nowhere else/,
    ],
    [
      'a token in the clear',
      { RINGFENCE_TOKEN: token, RINGFENCE_URL: 'http://x.example' },
      undefined,
      /must not travel in the clear/,
    ],
    [
      'a token to a name that only looks local',
      { RINGFENCE_TOKEN: token, RINGFENCE_URL: 'http://127.0.0.1.x.example' },
      undefined,
      /in the clear/,
    ],
    ['a token of nobody', {}, 'nobody', /Nobody is signed in as profile "nobody"\. There are: default, local\./],
    ['a token of a property of every object', {}, 'constructor', /Nobody is signed in as profile "constructor"/],
    [
      'a token to no address',
      { RINGFENCE_TOKEN: token, RINGFENCE_PROFILE: 'nobody' },
      undefined,
      /set RINGFENCE_URL too/,
    ],
    [
      'a token to what is no address',
      { RINGFENCE_TOKEN: token, RINGFENCE_URL: 'api' },
      undefined,
      /expected the address of the API/,
    ],
    [
      'a token to an address with a password',
      { RINGFENCE_TOKEN: token, RINGFENCE_URL: 'https://a:b@x.example' },
      undefined,
      /give the address alone/,
    ],
  ])('%s is sent nowhere', (_, more, given, message) => {
    expect(() => findConnection(given, { ...env, ...more })).toThrow(message);
  });
});
