import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Fault } from '../../../local/types.ts';
import { callerOf } from '../../harness/caller.ts';
import { type Ended, runCommand } from '../../harness/run-command.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';

const bucket = 'ringfence-local-trail-000000000000';
const keyOf = (sequence: number): string => `audit/${String(sequence).padStart(12, '0')}.ndjson`;

let data: string;
let twin: SoloTwin;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'archive-'));
  twin = await soloTwin({ data });
});
afterEach(() => twin.control.clearFaults());
afterAll(async () => {
  await twin.end();
  rmSync(data, { recursive: true, force: true });
});

const verify = (...words: readonly string[]): Promise<Ended> =>
  runCommand('ringfence.js', ['audit', 'verify', '--data', data, ...words]);

interface Found {
  readonly objects: number;
  readonly events: number;
  readonly changed: number;
  readonly tenants: readonly string[];
  readonly faults: readonly { readonly key: string; readonly found: string }[];
}
const found = async (): Promise<Found> => {
  const { out } = await verify('--json');
  return out ? JSON.parse(out) : { objects: 0, events: 0, changed: 0, tenants: [], faults: [] };
};
/** What the archive holds once it is so: archiving runs beside requests. */
const foundWhen = async (isSo: (now: Found) => boolean): Promise<Found> => {
  for (let attempt = 0; ; attempt += 1) {
    const now = await found();
    if (isSo(now)) return now;
    if (attempt === 60) throw new Error(`It does not come to that: ${JSON.stringify(now)}`);
    await wait(250);
  }
};

let told = 0;
/** A batch of the stream with this many audit events of a tenant. */
const batchOf = (count: number, tenant = 'ten_archive00001') => ({
  Records: Array.from({ length: count }, () => {
    told += 1;
    const at = new Date(1_790_000_000_000 + told * 1000).toISOString();
    const id = `evt_${String(told).padStart(16, '0')}`;
    return {
      eventID: `told-${told}`,
      eventName: 'INSERT',
      dynamodb: {
        ApproximateCreationDateTime: 1_790_000_000 + told,
        SequenceNumber: String(1_000_000 + told),
        Keys: { pk: { S: `${tenant}#audit#2026-09` }, sk: { S: `${at}#${id}` } },
        NewImage: { id: { S: id }, at: { S: at } },
      },
    };
  }),
});
type Batch = ReturnType<typeof batchOf>;
/** As Lambda does: the same batch again until it is done. */
const archive = async (batch: Batch): Promise<number> => {
  for (let attempt = 1; attempt < 10; attempt += 1) {
    const { functionError } = await twin.control.invoke('ringfence-local-archive', batch);
    if (functionError === undefined) return attempt;
  }
  throw new Error('The batch is never done.');
};

it('changes through the API arrive in the archive within seconds, each once, and the archive is whole', async () => {
  const tenant = await twin.tenant();
  const caller = callerOf(twin, tenant.token);
  for (const name of ['One', 'Two', 'Three']) await caller.ask('POST', '/v1/teams', { body: { name } });
  const events = await caller.all('/v1/audit-events');
  const archived = await foundWhen(({ events: count }) => count >= events.length);
  expect(archived.faults).toEqual([]);
  expect(archived.tenants).toContain(tenant.id);
  const { code, out, err } = await verify();
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('✓ The archive is whole.');
  expect(out).toContain('aws cloudtrail validate-logs --trail-arn arn:aws:cloudtrail:us-east-1:000000000000:trail/');
});

const faults: readonly (readonly [name: string, fault: Fault])[] = [
  ['a put fails', { service: 's3', operation: 'PutObject', kind: 'fail', times: 5 }],
  ['the answer to a put is lost', { service: 's3', operation: 'PutObject', kind: 'lose-response', times: 1 }],
  ['every answer to a put is lost', { service: 's3', operation: 'PutObject', kind: 'lose-response', times: 4 }],
  ['the head is not remembered', { service: 'dynamodb', operation: 'PutItem', kind: 'fail', times: 5 }],
  ['the answer to remembering is lost', { service: 'dynamodb', operation: 'PutItem', kind: 'lose-response', times: 1 }],
];

describe('a batch is archived once, and no event is lost, when', () => {
  it.each(faults)('%s', async (_, fault) => {
    const before = await found();
    await twin.control.fault({ ...fault, spares: [] });
    await archive(batchOf(3));
    await twin.control.clearFaults();
    await archive(batchOf(2));
    expect(await found()).toMatchObject({ events: before.events + 5, faults: [] });
  });

  it('it comes twice', async () => {
    const before = await found();
    const batch = batchOf(4);
    await archive(batch);
    await archive(batch);
    expect(await found()).toMatchObject({ events: before.events + 4, objects: before.objects + 1, faults: [] });
  });
});

it('an event that is overwritten is reported with its tenant and id, and the archive keeps what it was', async () => {
  const [record] = batchOf(1).Records;
  if (!record) throw new Error('There is one.');
  const { logs } = await twin.control.invoke('ringfence-local-archive', {
    Records: [{ ...record, eventName: 'MODIFY', dynamodb: { ...record.dynamodb, OldImage: record.dynamodb.NewImage } }],
  });
  const events = logs.filter((line) => line.includes('audit-event-changed')).map((line) => JSON.parse(line));
  expect(events).toEqual([
    expect.objectContaining({
      event: 'audit-event-changed',
      what: 'overwritten',
      tenant: 'ten_archive00001',
      subject: record.dynamodb.NewImage.id.S,
    }),
  ]);
  expect((await verify()).out).toContain('! 1 audit events were overwritten or deleted in their table');
});

it('an administrator can put nothing over the archive, delete nothing, and read nothing of it', async () => {
  // The twin's own administrator is its auditor too: this one is of another name.
  const { accessKeyId, secretAccessKey, sessionToken } = await twin.control.session('ringfence-local-operators');
  const client = new S3Client({
    endpoint: twin.addresses.endpointUrl,
    region: twin.addresses.region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  });
  const administrator = new S3Client({
    endpoint: twin.addresses.endpointUrl,
    region: twin.addresses.region,
    forcePathStyle: true,
    credentials: twin.addresses.administrator,
  });
  const Key = keyOf(1);
  const attempts = [
    ['NobodyElseWrites', () => administrator.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'x' }))],
    [
      'NobodyElseWrites',
      () => administrator.send(new PutObjectCommand({ Bucket: bucket, Key: keyOf(999), Body: 'x', IfNoneMatch: '*' })),
    ],
    ['NothingDeleted', () => administrator.send(new DeleteObjectCommand({ Bucket: bucket, Key }))],
    ['no statement allows it', () => client.send(new GetObjectCommand({ Bucket: bucket, Key }))],
  ] as const;
  for (const [why, make] of attempts) {
    const next = await twin.control.callsSoFar();
    await expect(make()).rejects.toMatchObject({ name: expect.stringMatching(/^AccessDenied/) });
    // Which wall it was: the key would have stopped some of these as well.
    const { entries } = await twin.control.calls(next);
    const refused = entries.filter(({ service, allowed }) => service === 's3' && !allowed);
    expect(refused).toEqual([expect.objectContaining({ reason: expect.stringContaining(why) })]);
  }
  client.destroy();
  administrator.destroy();
});

describe('verify names what was changed on the disk of the twin, where no policy stands before it', () => {
  const folder = (): string => join(data, 's3', bucket);
  interface Stored {
    readonly file: string;
    readonly head: { key: string; order: number; id: string; lock?: object };
    readonly body: string;
  }
  const stored = (key: string): Stored => {
    for (const name of readdirSync(folder())) {
      const file = join(folder(), name);
      const text = readFileSync(file, 'utf8');
      const end = text.indexOf('\n');
      const head: Stored['head'] = JSON.parse(text.slice(0, end));
      if (head.key === key) return { file, head, body: text.slice(end + 1) };
    }
    throw new Error(`There is no ${key}.`);
  };
  /** Whoever writes to a disk writes what S3 tells of an object as well. */
  const write = (file: string, head: object, body: string): void => {
    const told = { ...head, size: Buffer.byteLength(body), checksums: {} };
    writeFileSync(file, `${JSON.stringify(told)}\n${body}`);
  };

  const cases: readonly (readonly [name: string, change: () => void, key: number, found: string])[] = [
    [
      'a changed byte',
      () => {
        const { file, head, body } = stored(keyOf(2));
        write(file, head, body.replace('INSERT', 'INSERt'));
      },
      2,
      'line 2: change',
    ],
    ['an object that is gone', () => rmSync(stored(keyOf(2)).file), 2, 'it is missing'],
    [
      'another version on top',
      () => {
        const { head, body } = stored(keyOf(2));
        const order = 900_000_000_000;
        write(join(folder(), String(order)), { ...head, order, id: 'forged' }, body.replace('evt_', 'evt-'));
      },
      2,
      'another version (forged) was put over it',
    ],
    [
      'two objects that changed places',
      () => {
        const [one, other] = [stored(keyOf(2)), stored(keyOf(3))];
        write(one.file, one.head, other.body);
        write(other.file, other.head, one.body);
      },
      2,
      'its header says number 3',
    ],
    [
      'a lock that was taken off',
      () => {
        const { file, head, body } = stored(keyOf(2));
        const { lock: _, ...rest } = head;
        write(file, rest, body);
      },
      2,
      'it has no lock',
    ],
  ];

  it.each(cases)('%s', async (_, change, key, why) => {
    await twin.end();
    const kept = new Map(
      readdirSync(folder()).map((name) => [join(folder(), name), readFileSync(join(folder(), name))]),
    );
    change();
    twin = await soloTwin({ data });
    const { code, out } = await verify();
    await twin.end();
    for (const name of readdirSync(folder())) rmSync(join(folder(), name));
    for (const [file, bytes] of kept) writeFileSync(file, bytes);
    twin = await soloTwin({ data });
    expect([code, out]).toEqual([1, expect.stringContaining(`✗ ${keyOf(key)}: ${why}`)]);
    expect(out).toContain('Change nothing in the bucket: it is evidence.');
    expect((await found()).faults).toEqual([]);
  });
});

describe('audit verify', () => {
  it.each([
    [['audit', 'verify', '--from', '0'], '--from is "0": expected the number of an object, from 1.'],
    [['audit', 'check'], 'There is no command "audit check".'],
    [['audit', 'verify', 'more'], '"more" is one word too many.'],
    [['audit', 'verify', '--stage', 'nowhere'], 'There is no stage "nowhere"'],
  ])('%j is refused in one line with exit code 2', async (words, message) => {
    const { code, errorLines, out } = await runCommand('ringfence.js', words);
    expect([code, out]).toEqual([2, '']);
    expect(errorLines).toEqual([expect.stringContaining(message)]);
  });

  it('begins where it is told, and says so', async () => {
    const { code, out } = await verify('--from', '2');
    expect(code).toBe(0);
    expect(out).toContain('✓ The archive is whole from object 2 on.');
  });

  it('says what there is when there is nothing', async () => {
    const { code, errorLines } = await verify('--from', '999999999999');
    expect(code).toBe(1);
    expect(errorLines).toEqual([expect.stringContaining('There is nothing to verify')]);
  });

  it('without a twin says how to start one', async () => {
    const { code, errorLines } = await runCommand('ringfence.js', ['audit', 'verify', '--data', join(data, 'nothing')]);
    expect(code).toBe(1);
    expect(errorLines).toEqual([expect.stringContaining('No twin is running here')]);
  });
});

// Last: it moves the clock.
it('an event whose time is over is removed, archived as removed, and reported to nobody', async () => {
  const { id } = await twin.tenant();
  const before = await foundWhen(({ tenants }) => tenants.includes(id));
  await twin.control.advanceClock(366 * 86_400_000);
  const swept = await fetch(`${twin.addresses.controlUrl}/ttl-sweep`, { method: 'POST' });
  const { deleted } = (await swept.json()) as { deleted: number };
  expect(deleted).toBeGreaterThan(0);
  const after = await foundWhen(({ events }) => events > before.events);
  expect([after.faults, after.changed]).toEqual([[], before.changed]);
});
