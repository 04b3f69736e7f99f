/** An error as an AWS service answers it; each protocol writes it in its own shape. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Fields beside the message: `CancellationReasons` and the like. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

/** What every service answers to input it cannot accept. */
export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

/** The twin's answer to an operation it does not have: it never pretends. */
export const notBuilt = (service: string, operation: string): AwsError =>
  new AwsError('UnknownOperationException', `The local ${service} does not have the operation ${operation}.`);
