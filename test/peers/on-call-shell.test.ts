import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { itWith } from './programs.ts';
import { type Ended, runProgram } from './run-program.ts';

const root = resolve(import.meta.dirname, '../..');

/** A web ACL's addresses, and questions to logs, as AWS answers them: enough for the words of on-call.sh. */
class StandIn {
  addresses: readonly string[] = [];
  /** What somebody else blocks after the first look. */
  meanwhile: string | undefined;
  private lock = 1;
  private running = 2;
  readonly asked: Record<string, unknown>[] = [];
  private readonly server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const call = String(request.headers['x-amz-target'] ?? 'GetCallerIdentity').replace(/^.*\./, '');
    const answer = this.answer(call, text.startsWith('{') ? JSON.parse(text) : {});
    response.writeHead(typeof answer === 'string' || answer ? 200 : 400, {
      'content-type': 'application/x-amz-json-1.1',
    });
    response.end(
      typeof answer === 'string' ? answer : JSON.stringify(answer ?? { __type: 'WAFOptimisticLockException' }),
    );
  });

  private change(addresses: readonly string[]): void {
    this.addresses = addresses;
    this.lock += 1;
  }

  private answer(call: string, input: Record<string, unknown>): string | object | undefined {
    this.asked.push({ call, ...input });
    switch (call) {
      case 'GetCallerIdentity':
        return '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>222222222222</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';
      case 'ListIPSets':
        return {
          IPSets: [
            { Name: 'another', Id: 'another-id' },
            { Name: 'ringfence-production-blocked', Id: 'blocked-id' },
          ],
        };
      case 'GetIPSet': {
        const answer = { LockToken: `lock-${this.lock}`, IPSet: { Addresses: this.addresses } };
        if (this.meanwhile) this.change([...this.addresses, this.meanwhile]);
        this.meanwhile = undefined;
        return answer;
      }
      case 'UpdateIPSet':
        if (input.LockToken !== `lock-${this.lock}` || input.Id !== 'blocked-id') return undefined;
        this.change(input.Addresses as string[]);
        return { NextLockToken: `lock-${this.lock}` };
      case 'StartQuery':
        return { queryId: 'query-one' };
      case 'GetQueryResults': {
        if (this.running > 0) {
          this.running -= 1;
          return { status: 'Running', results: [] };
        }
        const row = (ip: string, calls: string) => [
          { field: 'ip', value: ip },
          { field: 'calls', value: calls },
          { field: '@ptr', value: 'not for people' },
        ];
        return { status: 'Complete', results: [row('203.0.113.7', '12'), row('198.51.100.1', '3')] };
      }
      default:
        return undefined;
    }
  }

  readonly start = (): Promise<number> =>
    new Promise((done) => this.server.listen(0, '127.0.0.1', () => done((this.server.address() as AddressInfo).port)));
  readonly stop = (): void => void this.server.close();
}

let standIn: StandIn;
let port: number;
beforeEach(async () => {
  standIn = new StandIn();
  port = await standIn.start();
});
afterEach(() => standIn.stop());

const night = (commands: string): Promise<Ended> => {
  const own = `aws() { command aws --endpoint-url http://127.0.0.1:${port} "$@"; }`;
  const start = 'set -eu\nSTAGE=production REGION=eu-central-1 && . docs/runbooks/on-call.sh';
  const env = { ...process.env, AWS_ACCESS_KEY_ID: 'example', AWS_SECRET_ACCESS_KEY: 'example', AWS_MAX_ATTEMPTS: '1' };
  return runProgram('bash', ['-c', `cd ${root}\n${own}\n${start}\n${commands}`], { env });
};

itWith('aws', 'bash')('block adds one address and keeps the others; unblock takes that one out', async () => {
  standIn.addresses = ['198.51.100.0/24'];
  expect(await night('block 203.0.113.7')).toMatchObject({ exitCode: 0 });
  expect(standIn.addresses).toEqual(['198.51.100.0/24', '203.0.113.7/32']);
  expect(await night('unblock 203.0.113.7')).toMatchObject({ exitCode: 0 });
  expect(standIn.addresses).toEqual(['198.51.100.0/24']);
  expect(await night('unblock 198.51.100.0')).toMatchObject({ exitCode: 0 });
  expect(standIn.addresses).toEqual(['198.51.100.0/24']);
});

itWith('aws', 'bash')('the first address is blocked, and the last is unblocked', async () => {
  expect(await night('block 203.0.113.7')).toMatchObject({ exitCode: 0 });
  expect(standIn.addresses).toEqual(['203.0.113.7/32']);
  expect(await night('unblock 203.0.113.7')).toMatchObject({ exitCode: 0 });
  expect(standIn.addresses).toEqual([]);
});

itWith('aws', 'bash')('what somebody else blocked meanwhile is not lost: it fails, and is repeated', async () => {
  standIn.meanwhile = '198.51.100.9/32';
  expect((await night('block 203.0.113.7')).exitCode).not.toBe(0);
  expect(standIn.addresses).toEqual(['198.51.100.9/32']);
  expect(await night('block 203.0.113.7')).toMatchObject({ exitCode: 0 });
  expect(standIn.addresses).toEqual(['198.51.100.9/32', '203.0.113.7/32']);
});

itWith('aws', 'bash')('ask waits for the answer, and prints its rows without what is for machines', async () => {
  const { exitCode, stdout } = await night(`ask functions 'fields @timestamp' 2`);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    'Stage production, account 222222222222, region eu-central-1.\n203.0.113.7\t12\n198.51.100.1\t3\n',
  );
  const [, started] = standIn.asked as { startTime: number; endTime: number; logGroupNames: string[] }[];
  expect(started).toMatchObject({ call: 'StartQuery', queryString: 'fields @timestamp' });
  expect((started?.endTime ?? 0) - (started?.startTime ?? 0)).toBe(7200);
  expect(started?.logGroupNames).toContain('/ringfence/production/authorizer');
});
