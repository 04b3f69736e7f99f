/** A Lambda function as the template describes it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  /** `<stack>/<logical id>` */
  readonly origin: string;
  /** The unpacked bundle. */
  readonly directory: string;
  /** `index.handler` */
  readonly handler: string;
  /** `nodejs24.x` */
  readonly runtime: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly roleName: string;
  readonly logGroup: string;
  readonly logFormat: 'Text' | 'JSON';
  /** ReservedConcurrentExecutions */
  readonly reservedConcurrency?: number;
}
