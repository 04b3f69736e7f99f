import type { Messaging } from '../messaging/messaging.ts';
import type { Watch } from './watch.ts';

/**
 * The seam between alarms and topics: each change of an alarm's state is published to the topics it acts on, as
 * CloudWatch publishes for that alarm. Other actions of AWS (EC2, Auto Scaling, Systems Manager) stop the start.
 */
export const actOnAlarms = (watch: Watch, messaging: Pick<Messaging, 'publishAs'>): void =>
  watch.onChange(({ actions, to, alarmName, alarmArn, message }) => {
    const subject = `${to}: "${alarmName}" in ${message.Region}`.slice(0, 100);
    const body = JSON.stringify(message);
    for (const topic of actions) {
      messaging
        .publishAs('cloudwatch.amazonaws.com', topic, { subject, body }, alarmArn)
        .catch((error: unknown) => console.error(`alarm ${alarmName}:`, error));
    }
  });
