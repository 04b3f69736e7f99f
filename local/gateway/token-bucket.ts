/** A token bucket in real time: `take` answers whether one more request may pass.
 *  https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html */
export const createTokenBucket = (
  ratePerSecond: number,
  burst: number,
  nowMs: () => number = () => performance.now(),
) => {
  let tokens = burst;
  let filledAt = nowMs();
  return {
    take: (): boolean => {
      const now = nowMs();
      tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * ratePerSecond);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
};
