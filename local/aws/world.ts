import type { Clock, Credentials, Fault, PolicyDocument, Principal, SdkCall } from '../types.ts';
import type { Question } from './authorization.ts';
import type { KeyStore } from './kms/key-store.ts';
import type { ObservedCall } from './observed-call.ts';
import type { Buckets } from './s3/bucket.ts';
import type { Secrets } from './secretsmanager/secrets.ts';
import type { Service } from './service.ts';

/** An IAM role as the interpreter built it from the template. The endpoint reads it anew at every call. */
export interface Role {
  readonly name: string;
  /** `arn:aws:iam::<account>:role/<name>` */
  readonly arn: string;
  /** AssumeRolePolicyDocument */
  readonly trust: PolicyDocument;
  /** Inline and attached identity policies, intrinsics resolved. */
  readonly policies: readonly PolicyDocument[];
  /** The role's own resource tags: session tags win over them. */
  readonly tags: Readonly<Record<string, string>>;
  /** MaxSessionDuration; 3600 where the template says nothing. */
  readonly maxSessionSeconds: number;
}

/** What the interpreter knows and the SDK endpoint reads. Roles may be added or replaced while the endpoint runs. */
export interface World {
  readonly account: string;
  readonly region: string;
  readonly clock: Clock;
  /** By role name. */
  readonly roles: ReadonlyMap<string, Role>;
  /** The folder of tables and keys; a temporary one, removed on close, when absent. Its lock is the caller's business. */
  readonly dataDir?: string;
}

/** What `Ref` and `Fn::GetAtt` of a created resource give. */
export interface Created {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Properties of a CloudFormation resource, intrinsics resolved. Parsed by who creates the resource. */
export type Properties = Readonly<Record<string, unknown>>;

export interface CredentialsStore {
  /** Credentials of a function's own role: what its environment carries. Throws for a role the world does not have. */
  issue(session: SessionRequest): Credentials;
  /** The caller behind an access key; its role's policies are looked up now. Undefined for an unknown key. */
  find(accessKeyId: string): KnownKey | undefined;
}

export interface SessionRequest {
  readonly roleName: string;
  readonly sessionName: string;
  /** Session tags. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
  /** Seconds until expiry by the twin's clock; the role's maximum where absent. */
  readonly seconds?: number;
}

export interface KnownKey {
  readonly credentials: Credentials;
  readonly principal: Extract<Principal, { kind: 'session' }>;
  /** The session's own tags, without the role's. */
  readonly sessionTags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  /** Epoch milliseconds. */
  readonly issuedAt: number;
}

/** The last SDK calls, oldest first, bounded. */
export interface Calls {
  list(): readonly SdkCall[];
  /** Records a call: the endpoint those of clients, a service what it does for one of its resources. */
  record(call: SdkCall): void;
  clear(): void;
  /** Calls back for each call from now on; returns how to stop. */
  subscribe(listener: (call: SdkCall) => void): () => void;
}

/** Faults waiting for a matching call. A fault strikes after authorization and is spent after `times` calls. */
export interface Faults {
  add(fault: Fault): void;
  /** The fault that strikes this call, spent by one; undefined when none waits for it. */
  take(service: string, operation: string, roleName?: string): Fault | undefined;
  clear(): void;
}

export interface EndpointOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
}

/** The running AWS SDK endpoint: `AWS_ENDPOINT_URL` of unmodified clients is its `url`. */
export interface Endpoint {
  readonly url: string;
  readonly credentials: CredentialsStore;
  readonly calls: Calls;
  readonly faults: Faults;
  /** One more AWS service that SDK clients find here, while it runs. */
  addService(service: Service): void;
  /** Calls back after each call of a known caller. It must be quick: the answer waits for it. */
  onCall(observer: (call: ObservedCall) => void): void;
  /** The keys of the template, for services that use a customer's key. */
  readonly keys: KeyStore;
  /** The secrets of the template. */
  readonly secrets: Secrets;
  /** The buckets of the template. */
  readonly buckets: Buckets;
  /**
   * AWS::DynamoDB::Table. `TableName` must be given (the interpreter names what a template leaves unnamed). A table of
   * that name and schema in the data folder is taken over with its items; one of another schema throws.
   * Attributes: Arn, StreamArn (when streamed), TableId.
   */
  createTable(properties: Properties): Promise<Created>;
  /** AWS::KMS::Key. `identity` names it across restarts: stack name + logical id. Attributes: Arn, KeyId. */
  createKey(identity: string, properties: Properties): Promise<Created>;
  /** AWS::KMS::Alias. Ref is the alias name. */
  createAlias(properties: Properties): Promise<Created>;
  /** Calls the table engine itself, without a caller and without authorization: for the twin's own needs (streams,
   *  inspection by tests). Throws an Error with the engine's code and message. */
  engine(operation: string, input: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
  /** Deletes items whose TTL has passed by the twin's clock, and says how many. Also runs every few seconds. */
  sweepExpired(): Promise<number>;
  /** Whether the sweep deleted an item, about that second of the machine's time. Known while the endpoint runs. */
  wasSwept(table: string, key: Readonly<Record<string, unknown>>, second: number): boolean;
  /** What a caller must be allowed to read a table's stream. Throws `AwsError` when the table's key cannot be used. */
  streamQuestions(streamArn: string): readonly Question[];
  close(): Promise<void>;
}
