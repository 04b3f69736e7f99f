import { createThrottle } from '../../../local/gateway/throttle.ts';
import { createTokenBucket } from '../../../local/gateway/token-bucket.ts';

const route = (method: string, path: string) => ({ method, path, functionArn: 'arn', timeoutMs: 1 });

describe('throttling', () => {
  it('lets a burst pass and then the rate', () => {
    let now = 0;
    const bucket = createTokenBucket(2, 3, () => now);
    expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false]);
    now += 500;
    expect([bucket.take(), bucket.take()]).toEqual([true, false]);
  });

  it("gives each method its own bucket, with its own settings or the stage's", () => {
    const throttle = createThrottle([
      { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 0, ThrottlingBurstLimit: 2 },
      { HttpMethod: 'GET', ResourcePath: '/~1v1~1a', ThrottlingRateLimit: 0, ThrottlingBurstLimit: 1 },
    ]);
    const passed = (method: string, path: string) => [1, 2, 3].map(() => throttle.admits(route(method, path)));
    expect(passed('GET', '/v1/a')).toEqual([true, false, false]);
    expect(passed('POST', '/v1/a')).toEqual([true, true, false]);
    expect(passed('GET', '/v1/b')).toEqual([true, true, false]);
    throttle.switch(false);
    expect(passed('GET', '/v1/a')).toEqual([true, true, true]);
  });
});
