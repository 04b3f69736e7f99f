import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetPublicKeyCommand } from '@aws-sdk/client-kms';
import { realAssertion } from '../harness/assertion-forge.ts';
import { type Intruder, intruderIn } from '../harness/intruder.ts';
import { alias } from '../harness/kms-requests.ts';
import { type TestTwin, workerTwin } from '../harness/twin.ts';
import { derOf } from './jose-signature.ts';
import { itWith } from './programs.ts';
import { runProgram } from './run-program.ts';

let twin: TestTwin;
let intruder: Intruder;
let folder: string;
beforeAll(async () => {
  twin = await workerTwin();
  intruder = intruderIn(twin);
  folder = mkdtempSync(join(tmpdir(), 'assertion-'));
});
afterAll(() => {
  intruder.close();
  rmSync(folder, { recursive: true, force: true });
});

const writePublicKey = async (): Promise<string> => {
  const { kms } = await intruder.inFunction('catalog');
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: alias('signing') }));
  const body = Buffer.from(PublicKey ?? []).toString('base64');
  const path = join(folder, 'signing.pem');
  writeFileSync(
    path,
    `-----BEGIN PUBLIC KEY-----\n${body.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PUBLIC KEY-----\n`,
  );
  return path;
};

const verified = async (publicKey: string, signed: string, signature: Buffer): Promise<string> => {
  const path = join(folder, 'signature.der');
  writeFileSync(path, derOf(signature));
  const args = ['dgst', '-sha256', '-verify', publicKey, '-signature', path];
  return (await runProgram('openssl', args, { stdin: signed })).stdout.trim();
};

itWith('openssl')(
  'what the authorizer signs verifies with the public half of the signing key, and nothing else does',
  async () => {
    const publicKey = await writePublicKey();
    const { token, id } = await twin.tenant();
    const [header = '', claims = '', signature = ''] = (await realAssertion(twin, token)).split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ ten: id, role: 'owner' });
    const raw = Buffer.from(signature, 'base64url');
    expect(raw).toHaveLength(64);
    expect(await verified(publicKey, `${header}.${claims}`, raw)).toBe('Verified OK');
    expect(await verified(publicKey, `${header}.${claims.slice(0, -1)}`, raw)).toBe('Verification failure');
    const altered = Buffer.from(raw);
    altered[40] = (altered[40] ?? 0) ^ 1;
    expect(await verified(publicKey, `${header}.${claims}`, altered)).toBe('Verification failure');
  },
);
