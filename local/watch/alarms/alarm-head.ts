import type { Reader } from '../properties.ts';
import type { AlarmValue } from '../watch.ts';

/** What every alarm has. */
export interface AlarmHead {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly actionsEnabled: boolean;
  /** ARNs of topics, for each state. */
  readonly actions: Readonly<Record<AlarmValue, readonly string[]>>;
  /** As the template has it, for DescribeAlarms. */
  readonly properties: Readonly<Record<string, unknown>>;
}

export const headProperties = [
  'ActionsEnabled',
  'AlarmActions',
  'AlarmDescription',
  'AlarmName',
  'InsufficientDataActions',
  'OKActions',
  'Tags',
];

export const readHead = (reader: Reader, arnOf: (name: string) => string): AlarmHead => {
  const name = reader.text('AlarmName');
  return {
    name,
    arn: arnOf(name),
    ...(reader.has('AlarmDescription') ? { description: reader.text('AlarmDescription') } : {}),
    actionsEnabled: reader.flag('ActionsEnabled', true),
    actions: {
      ALARM: topics(reader, 'AlarmActions'),
      OK: topics(reader, 'OKActions'),
      INSUFFICIENT_DATA: topics(reader, 'InsufficientDataActions'),
    },
    properties: reader.properties,
  };
};

const topics = (reader: Reader, name: string): readonly string[] => {
  const actions = reader.texts(name);
  const other = actions.find((arn) => !/^arn:aws[\w-]*:sns:/.test(arn));
  return other === undefined ? actions : reader.refuse(`${name} has ${other}; the twin acts on topics only`);
};
