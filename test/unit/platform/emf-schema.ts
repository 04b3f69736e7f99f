/**
 * The rules that CloudWatch publishes for a line with embedded metrics, as JSON Schema.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const units = ['Seconds', 'Microseconds', 'Milliseconds', 'Bytes', 'Percent', 'Count', 'Count/Second', 'None'];
const name = { type: 'string', minLength: 1, maxLength: 255 };

const directive = {
  type: 'object',
  required: ['Namespace', 'Dimensions', 'Metrics'],
  additionalProperties: false,
  properties: {
    Namespace: name,
    // A set may be empty. The list of sets may not.
    Dimensions: { type: 'array', minItems: 1, items: { type: 'array', maxItems: 30, items: name } },
    Metrics: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['Name'],
        additionalProperties: false,
        properties: { Name: name, Unit: { enum: units }, StorageResolution: { enum: [1, 60] } },
      },
    },
  },
};

export const emfSchema = {
  type: 'object',
  required: ['_aws'],
  properties: {
    _aws: {
      type: 'object',
      required: ['Timestamp', 'CloudWatchMetrics'],
      properties: { Timestamp: { type: 'integer' }, CloudWatchMetrics: { type: 'array', items: directive } },
    },
  },
};

/** A line that follows the rules, and what a schema cannot say: what it names is a member of the root. */
export interface EmfLine {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit?: string }[];
    }[];
  };
  readonly [target: string]: unknown;
}

/** Names whose target is missing, or is no number or list of at most 100 for a metric, no text for a dimension. */
export const danglingIn = (line: EmfLine): readonly string[] =>
  line._aws.CloudWatchMetrics.flatMap(({ Metrics, Dimensions }) => [
    ...Metrics.map(({ Name }) => Name).filter((metric) => {
      const values = [line[metric]].flat();
      return values.length > 100 || !values.every((value) => typeof value === 'number');
    }),
    ...Dimensions.flat().filter((dimension) => typeof line[dimension] !== 'string'),
  ]);
