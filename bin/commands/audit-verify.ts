import { trailArn } from '../../lib/names.ts';
import type { Stage } from '../../lib/stage.ts';
import { changedText, digestCommand, faultText, summaryOf } from '../audit/audit-text.ts';
import { archiveCheck, type Findings } from '../audit/check-archive.ts';
import { CommandError } from '../command-error.ts';
import { defineCommand } from '../command-line/command.ts';
import { operatorOptions } from '../command-line/operator-options.ts';
import { findTrail, type TrailPlace } from '../operators-endpoint.ts';
import { stageNamed } from '../stage-named.ts';

const help = 'npx ringfence audit verify --help';
const notes = `Nothing is changed. With --stage, be the auditor role of the stage, which alone may read the bucket.
docs/audit-trail.md says what is recorded, where, and what this proves.`;

const firstProgressMs = 2000;

/** Tells how far it is, once it takes longer than two seconds, once a second. */
const progressOf = ({ objects, events }: Findings, began: number, told: { at: number }): void => {
  const now = Date.now();
  if (now - began < firstProgressMs || now - told.at < 1000) return;
  told.at = now;
  process.stderr.write(`  … ${objects.toLocaleString('en')} objects, ${events.toLocaleString('en')} events\n`);
};

const refusedReading = ({ bucket }: TrailPlace, stage: Stage, error: unknown): CommandError => {
  const { name, message } = error as Error;
  const advice =
    /AccessDenied|Forbidden/.test(name) && stage.auditorRole
      ? `Be the role ${stage.auditorRole} (auditorRole in stages/${stage.name}.ts): the bucket's key opens for nobody else.`
      : 'Is the stage deployed, and is your AWS profile of its account?';
  return new CommandError(`The bucket ${bucket} cannot be read: ${name}: ${message.replace(/\.?$/, '.')} ${advice}`);
};

const check = async (place: TrailPlace, stage: Stage, from: number): Promise<Findings> => {
  const { bucket, region, credentials, sdkEndpoint } = place;
  // Loaded here, so that the other commands do not wait for it.
  const [{ S3Client }, { readArchive }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('../audit/read-archive.ts'),
  ]);
  const client = new S3Client({
    region,
    credentials,
    ...(sdkEndpoint && { endpoint: sdkEndpoint, forcePathStyle: true }),
  });
  const { lock: mode, retentionDays: days } = stage.trail;
  const began = Date.now();
  const told = { at: began };
  const { see, findings } = archiveCheck(from, { mode, days, now: began });
  try {
    for await (const object of readArchive(client, bucket, from)) {
      see(object);
      progressOf(findings, began, told);
    }
  } catch (error) {
    throw refusedReading(place, stage, error);
  } finally {
    client.destroy();
  }
  return findings;
};

const print = (text: string): void => {
  if (text) process.stdout.write(`${text}\n`);
};

/** @throws CommandError when it cannot be read. An archive that is broken is exit code 1. */
const verify = async (from: number, values: { stage?: string; data: string; json: boolean }): Promise<number> => {
  const stage = stageNamed(values.stage ?? 'local');
  const place = await findTrail(values.stage, values.data);
  const { bucket, region } = place;
  if (!values.json) print(`Verifying the archive in ${bucket}${from > 1 ? ` from object ${from}` : ''}\n`);
  const findings = await check(place, stage, from);
  const digests = digestCommand(trailArn(stage), region, findings.first);
  const { faults, tenants } = findings;
  if (values.json) print(JSON.stringify({ bucket, from, ...findings, tenants: [...tenants].sort(), digests }, null, 2));
  if (findings.objects === 0 && faults.length === 0)
    throw new CommandError(
      `There is nothing to verify in ${bucket}${from > 1 ? ` from object ${from} on` : ''}: no audit event was archived. A change through the API makes one; it is archived within seconds.`,
    );
  if (values.json) return faults.length > 0 ? 1 : 0;
  print(`${summaryOf(findings)}\n`);
  print(faultText(faults, bucket));
  print(changedText(findings));
  if (faults.length === 0) print(`✓ The archive is whole${from > 1 ? ` from object ${from} on` : ''}.`);
  print(`\nNext, what CloudTrail delivered beside it${place.sdkEndpoint ? ' (on AWS)' : ''}:\n  ${digests}`);
  return faults.length > 0 ? 1 : 0;
};

export const auditVerify = defineCommand({
  name: 'verify',
  audience: 'operators',
  summary:
    'Read the archive from the locked bucket and check that it is whole: every number, every hash, every lock, one version of each object, every event once',
  words: [],
  options: {
    from: {
      type: 'string',
      value: 'number',
      default: '1',
      about: 'Begin at this object instead of the first; what is before it is not checked',
    },
    ...operatorOptions,
  },
  example: 'ringfence audit verify --stage staging',
  notes,
  exits: 'Exit codes: 0 the archive is whole, 1 it is not, or could not be read, 2 wrong usage.',
  run: async ({ options }) => {
    const { from, stage, data, json } = options;
    if (!/^[1-9]\d{0,11}$/.test(from))
      throw new CommandError(`--from is "${from}": expected the number of an object, from 1. See "${help}".`, 2);
    return verify(Number(from), { ...(stage && { stage }), data, json });
  },
});
