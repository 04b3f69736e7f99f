/** The words the twin's parts share. The twin knows nothing of Ringfence: it interprets any template of this shape. */

/** An IAM policy document as it stands in a template, intrinsics already resolved. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: Statement | readonly Statement[];
}

export type OneOrMany = string | readonly string[];

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, OneOrMany>>;
  readonly NotPrincipal?: '*' | Readonly<Record<string, OneOrMany>>;
  readonly Action?: OneOrMany;
  readonly NotAction?: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly NotResource?: OneOrMany;
  /** operator → condition key → value or values */
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | boolean | number | readonly (string | boolean | number)[]>>>
  >;
}

/** Who makes a call, as the twin found it from the access key that signed the call, never from what the call says. */
export type Principal =
  | {
      readonly kind: 'session';
      /** `arn:aws:sts::<account>:assumed-role/<RoleName>/<session>` */
      readonly arn: string;
      readonly account: string;
      readonly roleName: string;
      /** `arn:aws:iam::<account>:role/<RoleName>` */
      readonly roleArn: string;
      readonly sessionName: string;
      /** Session tags over the role's own tags: what `aws:PrincipalTag/…` reads. */
      readonly tags: Readonly<Record<string, string>>;
      /** Inline and attached identity policies of the role. */
      readonly policies: readonly PolicyDocument[];
    }
  | {
      readonly kind: 'service';
      /** `apigateway.amazonaws.com` and the like */
      readonly service: string;
      readonly account: string;
    };

/** Condition keys of one request, names as AWS documents them (compared without case). A list is a multivalued key. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** One question to the evaluator. */
export interface AccessRequest {
  readonly principal: Principal;
  /** `dynamodb:GetItem` */
  readonly action: string;
  /** The ARN asked for, or `*` where the action has none. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** A decision carries its reason, so that a failing test reads as an explanation. */
export interface Decision {
  readonly allowed: boolean;
  /** One sentence: which statement decided, or why none matched. */
  readonly reason: string;
  /** Sid or index of the deciding statement, and which policy it is in. */
  readonly by?: { readonly policy: string; readonly statement: string };
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Epoch milliseconds by the twin's clock. */
  readonly expiresAt: number;
}

/** The twin's time. Tests move it; functions, tokens, TTL and signatures follow it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Moves the clock forward, or back when negative. */
  advance(ms: number): void;
}

/** What a test asks to go wrong with the next matching SDK calls. */
export interface Fault {
  /** `dynamodb`, `kms`, `sts` … */
  readonly service: string;
  /** `TransactWriteItems`; every operation when absent. */
  readonly operation?: string;
  /** throttle: answer the service's throttling error. lose-response: do it, then close the connection.
   *  fail: answer 500. delay: wait `ms`, then go on. conflict: TransactionCanceledException with TransactionConflict.
   *  deliver-twice, deliver-after-next: what SNS may do with a message; a delay of `sns` `Deliver` is by the twin's clock. */
  readonly kind: 'throttle' | 'lose-response' | 'fail' | 'delay' | 'conflict' | 'deliver-twice' | 'deliver-after-next';
  readonly times: number;
  /** Names of roles whose calls it leaves alone. */
  readonly spares?: readonly string[];
  readonly ms?: number;
}

/** One line a function wrote, as CloudWatch Logs would hold it. */
export interface LogLine {
  readonly at: number;
  readonly group: string;
  readonly message: string;
}

/** One SDK call that reached the endpoint: what a test counts. */
export interface SdkCall {
  readonly at: number;
  readonly service: string;
  readonly operation: string;
  readonly principal: string;
  readonly allowed: boolean;
  /** Why it was allowed or refused. */
  readonly reason: string;
  /** DynamoDB's consumed capacity units. */
  readonly units?: number;
}

/** The answer of an SDK service module. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Capacity units consumed, for the journal. */
  readonly units?: number;
}
