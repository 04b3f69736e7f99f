export interface StagePlace {
  readonly account: string;
  readonly region: string;
  readonly apiId: string;
  readonly stage: string;
}

/** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>` of a request, path without its first slash. */
export const methodArn = ({ account, region, apiId, stage }: StagePlace, method: string, path: string): string =>
  `arn:aws:execute-api:${region}:${account}:${apiId}/${stage}/${method}/${path.replace(/^\//, '')}`;
