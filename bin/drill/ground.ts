/** What attacks are played on: the running API, and, in the twin, what only AWS or an insider could do. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';

export interface Tenant {
  readonly id: string;
  readonly slug: string;
  /** Of its first owner. */
  readonly token: string;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Ask {
  readonly token?: string;
  readonly body?: unknown;
  /** Loopback address the call comes from, such as 127.0.0.9. The twin only: elsewhere a call has the address it has. */
  readonly from?: string;
}

/** The hands of somebody inside. */
export interface Inside {
  /** A CloudTrail record of what only AWS or a person outside could cause. */
  record(record: Readonly<Record<string, unknown>>): Promise<void>;
  /** DynamoDB as a session of a role; as the administrator when no role is named. */
  dynamoDb(role?: { readonly name: string; readonly tenant: string }): Promise<DynamoDBClient>;
  lambda(): Promise<LambdaClient>;
  /** Puts other code in the place of a function's, or its own back. */
  replaceCode(functionName: string, entry: string | undefined): Promise<void>;
}

export interface Ground {
  readonly stage: string;
  readonly account: string;
  readonly region: string;
  ask(method: string, path: string, asked?: Ask): Promise<Answer>;
  /** The tenant whose things are attacked, and another one. */
  readonly tenant: Tenant;
  readonly other: Tenant;
  /** @throws CommandError on a deployed stage. */
  readonly inside: Inside;
  /** Milliseconds by the clock of what runs. */
  now(): Promise<number>;
}
