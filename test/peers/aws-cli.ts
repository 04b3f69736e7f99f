import type { Session } from '../harness/control.ts';
import type { TwinAddresses } from '../harness/run-twin.ts';
import { runProgram } from './run-program.ts';

/** What the AWS CLI made of a call: the parsed answer, or the error code that it was told. */
export interface CliAnswer {
  readonly error: string | undefined;
  readonly output: Readonly<Record<string, unknown>>;
}

/** Nothing of this machine's own AWS set-up. */
const withoutAws = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));

/** The AWS CLI in the hands of one session. @throws when it ends with anything but an answer or an error of the service */
export const awsCli =
  ({ endpointUrl, region }: TwinAddresses, session: Session) =>
  async (...args: readonly string[]): Promise<CliAnswer> => {
    const env = {
      ...withoutAws,
      AWS_ACCESS_KEY_ID: session.accessKeyId,
      AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
      AWS_SESSION_TOKEN: session.sessionToken,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '1',
      AWS_PAGER: '',
    };
    const { exitCode, stdout, stderr } = await runProgram(
      'aws',
      [...args, '--endpoint-url', endpointUrl, '--output', 'json'],
      { env },
    );
    if (exitCode === 0) return { error: undefined, output: stdout.trim() ? JSON.parse(stdout) : {} };
    const error = /An error occurred \((\w+)\)/.exec(stderr)?.[1];
    if (!error) throw new Error(`aws ${args.join(' ')} ended with ${exitCode}: ${stderr}`);
    return { error, output: {} };
  };
export type AwsCli = ReturnType<typeof awsCli>;

/** Takes a role with session tags, as the CLI spells them. */
export const assumeRole = (cli: AwsCli, arn: string, tags: Readonly<Record<string, string>>): Promise<CliAnswer> => {
  const spelt = Object.entries(tags).map(([name, value]) => `Key=${name},Value=${value}`);
  const tagging = spelt.length > 0 ? ['--tags', ...spelt] : [];
  return cli('sts', 'assume-role', '--role-arn', arn, '--role-session-name', 'cli', ...tagging);
};

/** The session in the answer of `sts assume-role`. */
export const sessionIn = ({ error, output }: CliAnswer): Session => {
  if (error) throw new Error(`The role was not given: ${error}.`);
  const { AccessKeyId, SecretAccessKey, SessionToken } = output.Credentials as Record<string, string>;
  return {
    accessKeyId: AccessKeyId ?? '',
    secretAccessKey: SecretAccessKey ?? '',
    sessionToken: SessionToken ?? '',
  };
};
