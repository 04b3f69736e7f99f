import { functions } from '../../lambdas/functions.ts';
import { leavesDeadLetters } from '../constructs/paging-grants.ts';
import { defineDetection } from '../detecting/detection.ts';
import { queueMetric } from '../detecting/lines.ts';
import { waitingIn } from '../detecting/metrics.ts';
import { once, sample } from '../detecting/sample.ts';
import { atTheFirst, quiet, watchesMetrics } from '../detecting/signals.ts';
import { deadLetterQueueName } from '../names.ts';

/** Functions that nobody waits for: what they fail to handle goes to a queue. */
const withDeadLetters = functions.filter(leavesDeadLetters);

/** One alarm for each queue. A page about the pager reaches people by e-mail, should the pager fail again. */
export const deadLetterQueueNotEmpty = defineDetection({
  name: 'dead-letter-queue-not-empty',
  title: 'Something that a function failed to handle waits in a dead-letter queue.',
  severity: 'error',
  impact: 'A page was not delivered, or audit events were not copied to the locked bucket.',
  firstCommand: (stage) =>
    `aws sqs get-queue-attributes --attribute-names ApproximateNumberOfMessages --queue-url https://sqs.${stage.region}.amazonaws.com/${stage.account}/${deadLetterQueueName(stage, { name: 'pager' })}`,
  closes: 'itself',
  delay: 'about a minute: metrics of SQS',
  signal: (stage) =>
    watchesMetrics(
      withDeadLetters.map((spec) => ({
        of: spec.name,
        impact: spec.impact,
        metrics: [waitingIn('waiting', deadLetterQueueName(stage, spec))],
        least: 0,
        most: Number.POSITIVE_INFINITY,
      })),
      {
        ...atTheFirst,
        missing: { ...quiet, because: 'SQS stops measuring a queue that nobody touched for six hours: it is empty' },
      },
    ),
  samples: (stage) => {
    const waiting = (queue: string, count: number) =>
      once(queueMetric(stage, queue)('ApproximateNumberOfMessagesVisible', count), 10);
    return {
      hits: withDeadLetters.map(({ name }) => sample(`one message of ${name}`, waiting(name, 1))),
      misses: [sample('empty queues', ...withDeadLetters.map(({ name }) => waiting(name, 0)))],
      nearMisses: [sample('another queue', waiting('somebody-else', 4))],
    };
  },
});
