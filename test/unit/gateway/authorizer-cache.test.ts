import { createAuthorizerCache } from '../../../local/gateway/authorizer-cache.ts';

const clockAt = (start: number) => {
  let now = start;
  return {
    now: () => now,
    advance: (ms: number) => {
      now += ms;
    },
  };
};

describe('results of an authorizer', () => {
  it("are kept for the time to live by the twin's clock, not longer", () => {
    const clock = clockAt(1_000);
    const cache = createAuthorizerCache<string>(30, clock);
    cache.keep('token', 'allowed');
    clock.advance(29_999);
    expect(cache.find('token')).toBe('allowed');
    clock.advance(1);
    expect(cache.find('token')).toBeUndefined();
  });

  it('are found by the whole credential only', () => {
    const cache = createAuthorizerCache<string>(30, clockAt(0));
    cache.keep('token', 'allowed');
    expect(cache.find('Token')).toBeUndefined();
  });

  it('are not kept with a time to live of 0', () => {
    const cache = createAuthorizerCache<string>(0, clockAt(0));
    cache.keep('token', 'allowed');
    expect(cache.find('token')).toBeUndefined();
  });

  it('do not outlive a clock that went back', () => {
    const clock = clockAt(100_000);
    const cache = createAuthorizerCache<string>(30, clock);
    cache.keep('token', 'allowed');
    clock.advance(-50_000);
    expect(cache.find('token')).toBeUndefined();
  });
});
