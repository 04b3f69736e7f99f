import type { Queues } from '../aws/sqs/queues.ts';
import type { Clock } from '../types.ts';
import type { Measured } from './messaging.ts';

const minuteMs = 60_000;
/** After a long jump of the clock only the last minutes are measured: nobody saw the others. */
const minutesMax = 180;

/**
 * Measures every queue at each whole minute since the last time. AWS stops measuring a queue that nobody used for six hours;
 * the twin does not.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export const createQueueMetrics = (queues: Queues, clock: Clock, measured: Measured) => {
  let last = Math.floor(clock.now() / minuteMs);
  return (): void => {
    const now = Math.floor(clock.now() / minuteMs);
    for (let minute = Math.max(last, now - minutesMax) + 1; minute <= now; minute += 1) measureAll(minute * minuteMs);
    last = now;
  };

  function measureAll(at: number): void {
    for (const queue of queues.all()) {
      const dimensions = { QueueName: queue.name };
      const put = (name: string, value: number) => measured({ namespace: 'AWS/SQS', name, dimensions }, at, value);
      const { visible, hidden } = queues.state(queue);
      const delayed = hidden.filter(({ receiveCount }) => receiveCount === 0).length;
      const ages = [...visible, ...hidden].map(({ sentAt }) => Math.max(0, at - sentAt) / 1000);
      put('ApproximateNumberOfMessagesVisible', visible.length);
      put('ApproximateNumberOfMessagesNotVisible', hidden.length - delayed);
      put('ApproximateNumberOfMessagesDelayed', delayed);
      put('ApproximateAgeOfOldestMessage', Math.floor(Math.max(0, ...ages)));
    }
  }
};
