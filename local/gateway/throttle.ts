import type { JsonObject } from '../template/json.ts';
import type { Route } from './api-definition.ts';
import { createTokenBucket } from './token-bucket.ts';

export interface Throttle {
  /** Whether a request to this route may pass; always, while switched off. */
  admits(route: Route): boolean;
  switch(on: boolean): void;
}

interface Limit {
  readonly rate: number;
  readonly burst: number;
}

/**
 * Throttling from a stage's MethodSettings: each method has a bucket of its own, with its own settings or the stage's.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-stage-methodsetting.html
 */
export const createThrottle = (methodSettings: readonly JsonObject[]): Throttle => {
  const limits = new Map(methodSettings.flatMap((setting) => limitOf(setting)));
  const buckets = new Map<string, ReturnType<typeof createTokenBucket>>();
  let on = true;
  const bucketOf = (key: string) => {
    const limit = limits.get(key) ?? limits.get('* /*');
    const known = buckets.get(key);
    if (known || !limit) return known;
    const bucket = createTokenBucket(limit.rate, limit.burst);
    buckets.set(key, bucket);
    return bucket;
  };
  return {
    admits: ({ method, path }) => !on || (bucketOf(`${method} ${path}`)?.take() ?? true),
    switch: (to) => {
      on = to;
      buckets.clear();
    },
  };
};

const limitOf = (setting: JsonObject): readonly (readonly [string, Limit])[] => {
  const {
    HttpMethod: method = '*',
    ResourcePath: path = '/*',
    ThrottlingRateLimit: rate,
    ThrottlingBurstLimit: burst,
  } = setting;
  if (rate === undefined && burst === undefined) return [];
  const plain = String(path)
    .replaceAll('~1', '/')
    .replace(/^\/(?=\/)/, '');
  const accountRate = 10_000;
  const accountBurst = 5_000;
  return [[`${method} ${plain}`, { rate: Number(rate ?? accountRate), burst: Number(burst ?? accountBurst) }]];
};
