import { filter, metric, minute, watched } from './watched.ts';

const of = (name: string, dimensions: Readonly<Record<string, string>> = {}) => ({ ...metric, name, dimensions });
const totals = (twin: ReturnType<typeof watched>) =>
  Object.fromEntries(
    twin.watch
      .measurements('Test')
      .map(({ metric: { name, dimensions }, count, sum }) => [
        [name, ...Object.entries(dimensions).flat()].join(' '),
        [count, sum],
      ]),
  );

describe('metric filters', () => {
  it('count matching lines of their log group, and no others', () => {
    const twin = watched();
    twin.watch.addMetricFilter(filter('{ $.level = "error" }'));
    twin.line({ level: 'error' });
    twin.line({ level: 'error' });
    twin.line({ level: 'info' });
    twin.line({ level: 'error' }, 'lines-of-others');
    twin.line('error');
    expect(totals(twin)).toEqual({ Errors: [2, 2] });
  });

  it('measure a field of the line, which may be a number or read as one', () => {
    const twin = watched();
    twin.watch.addMetricFilter(filter('{ $.ms = * }', { MetricValue: '$.ms' }));
    for (const ms of [5, '7', 'slow', '', true, null]) twin.line({ ms });
    expect(totals(twin)).toEqual({ Errors: [2, 12] });
  });

  it('measure a named field of a space-delimited line', () => {
    const twin = watched();
    twin.watch.addMetricFilter(filter('[ip, status = 4*, bytes]', { MetricValue: '$bytes' }));
    twin.line('10.0.0.1 404 120');
    twin.line('10.0.0.1 200 50');
    twin.line('10.0.0.1 403 -');
    expect(totals(twin)).toEqual({ Errors: [1, 120] });
  });

  it('count by dimensions that the line has, and not where it lacks one', () => {
    const twin = watched();
    const Dimensions = [
      { Key: 'Route', Value: '$.route' },
      { Key: 'Status', Value: '$.status' },
    ];
    twin.watch.addMetricFilter(filter('{ $.status >= 500 }', { Dimensions }));
    twin.line({ route: '/a', status: 500 });
    twin.line({ route: '/b', status: 503 });
    twin.line({ status: 503 });
    expect(totals(twin)).toEqual({ 'Errors Route /a Status 500': [1, 1], 'Errors Route /b Status 503': [1, 1] });
  });

  it('say their default in a minute with lines of which none matches, and nothing in one without lines', () => {
    const twin = watched();
    twin.watch.addMetricFilter(filter('ERROR', { DefaultValue: 0 }));
    twin.line('fine');
    twin.line('fine');
    expect(totals(twin)).toEqual({ Errors: [1, 0] });
    twin.line('ERROR');
    twin.line('fine');
    expect(totals(twin)).toEqual({ Errors: [1, 1] });
    twin.pass(1);
    expect(twin.watch.measurements('Test')).toMatchObject([{ minute: twin.now() - minute }]);
  });

  it.each<readonly [string, string, Readonly<Record<string, unknown>>, RegExp]>([
    ['a pattern that CloudWatch refuses', '{ $.a ~ b }', {}, /expected =, !=/],
    ['a value that names no field', 'ERROR', { MetricValue: '$.ms' }, /names no fields/],
    ['a field that the pattern does not name', '[a, b]', { MetricValue: '$c' }, /no field of the pattern/],
    ['a namespace of AWS', 'ERROR', { MetricNamespace: 'AWS/Lambda' }, /for AWS services/],
    [
      'four dimensions',
      '{ $.a = 1 }',
      { Dimensions: [1, 2, 3, 4].map((n) => ({ Key: `k${n}`, Value: '$.a' })) },
      /3 dimensions/,
    ],
    [
      'a default with dimensions',
      '{ $.a = 1 }',
      { DefaultValue: 0, Dimensions: [{ Key: 'k', Value: '$.a' }] },
      /no DefaultValue/,
    ],
  ])('are refused with %s', (_, pattern, more, reason) => {
    expect(() => watched().watch.addMetricFilter(filter(pattern, more))).toThrow(reason);
  });

  it('are refused with what the twin does not have', () => {
    const more = { ...filter('ERROR'), ApplyOnTransformedLogs: true };
    expect(() => watched().watch.addMetricFilter(more)).toThrow(/ApplyOnTransformedLogs/);
  });
});

describe('embedded metrics', () => {
  const embedded = (twin: ReturnType<typeof watched>, directive: object, fields: object, header: object = {}) =>
    twin.line({
      _aws: { Timestamp: twin.now(), CloudWatchMetrics: [{ Namespace: 'Test', ...directive }], ...header },
      ...fields,
    });
  const Metrics = [{ Name: 'Calls', Unit: 'Count' }];

  it('are put for each dimension set, one of none included, and for each value of a list', () => {
    const twin = watched();
    embedded(twin, { Dimensions: [[], ['service']], Metrics }, { service: 'api', Calls: [1, 2, 3] });
    expect(totals(twin)).toEqual({ Calls: [3, 6], 'Calls service api': [3, 6] });
  });

  it('are put at their own time', () => {
    const twin = watched();
    const Timestamp = twin.now() - 5 * minute;
    embedded(twin, { Dimensions: [[]], Metrics }, { Calls: 1 }, { Timestamp });
    expect(twin.watch.measurements('Test')).toMatchObject([{ metric: of('Calls'), minute: Timestamp }]);
  });

  it.each<readonly [string, object, object, object]>([
    ['a value that is no number', { Dimensions: [[]], Metrics }, { Calls: '1' }, {}],
    ['a value that is missing', { Dimensions: [[]], Metrics }, {}, {}],
    ['a dimension that is missing', { Dimensions: [['service']], Metrics }, { Calls: 1 }, {}],
    ['a dimension that is no text', { Dimensions: [['service']], Metrics }, { Calls: 1, service: 7 }, {}],
    ['no dimension sets', { Metrics }, { Calls: 1 }, {}],
    ['no namespace', { Namespace: '', Dimensions: [[]], Metrics }, { Calls: 1 }, {}],
    ['no time', { Dimensions: [[]], Metrics }, { Calls: 1 }, { Timestamp: undefined }],
    ['a time of three weeks ago', { Dimensions: [[]], Metrics }, { Calls: 1 }, { Timestamp: 0 }],
    ['101 values', { Dimensions: [[]], Metrics }, { Calls: Array(101).fill(1) }, {}],
    ['directives that are none', {}, {}, { CloudWatchMetrics: 'no' }],
  ])('are ignored with %s', (_, directive, fields, header) => {
    const twin = watched();
    embedded(twin, directive, fields, header);
    expect(totals(twin)).toEqual({});
  });

  it('that are wrong do not take right ones with them', () => {
    const twin = watched();
    embedded(twin, { Dimensions: [['missing'], []], Metrics: [{ Name: 'Wrong' }, ...Metrics] }, { Calls: 1 });
    expect(totals(twin)).toEqual({ Calls: [1, 1] });
  });
});

it('counts the lines of each log group, as CloudWatch Logs does', () => {
  const twin = watched();
  twin.line('one');
  twin.line('two', 'others');
  twin.line('three');
  expect(twin.watch.measurements('AWS/Logs').map(({ metric: { dimensions }, sum }) => [dimensions, sum])).toEqual([
    [{ LogGroupName: 'lines' }, 2],
    [{ LogGroupName: 'others' }, 1],
  ]);
});

it('reads no line before what wrote it has gone on', async () => {
  const twin = watched();
  const said: string[] = [];
  const line = {
    at: twin.now(),
    group: 'lines',
    get message() {
      said.push('read');
      return 'x';
    },
  };
  twin.watch.logged(line);
  said.push('answered');
  await new Promise(setImmediate);
  expect(said[0]).toBe('answered');
  expect(said).toContain('read');
});
