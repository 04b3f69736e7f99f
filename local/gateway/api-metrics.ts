import type { Metric } from '../watch/watch.ts';

export interface Answered {
  readonly at: number;
  readonly status: number;
  readonly ms: number;
  /** Of the function alone; absent where none was called. */
  readonly integrationMs?: number;
}

/** Takes a value that a service measures: `Watch.measured`. */
export type Measured = (metric: Metric, at: number, value: number) => void;

/**
 * What API Gateway measures of a request, by API and by API and stage. Errors are 0 or 1 for each request.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export const measureRequest = (
  { apiName, stage, measured }: { readonly apiName: string; readonly stage: string; readonly measured: Measured },
  { at, status, ms, integrationMs }: Answered,
): void => {
  const values = {
    Count: 1,
    '4XXError': status >= 400 && status < 500 ? 1 : 0,
    '5XXError': status >= 500 ? 1 : 0,
    Latency: Math.round(ms),
    ...(integrationMs === undefined ? {} : { IntegrationLatency: Math.round(integrationMs) }),
  };
  for (const [name, value] of Object.entries(values))
    for (const dimensions of [{ ApiName: apiName }, { ApiName: apiName, Stage: stage }])
      measured({ namespace: 'AWS/ApiGateway', name, dimensions }, at, value);
};
