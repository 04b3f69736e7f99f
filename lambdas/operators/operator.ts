import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { AuditEvent } from '../kernel/audit-event.ts';
import type { EventId } from '../kernel/id.ts';
import type { Write } from '../kernel/session.ts';
import { toIso } from '../kernel/use-case.ts';
import { auditWrite } from '../platform/audit-write.ts';
import { clock } from '../platform/clock.ts';
import { environment } from '../platform/environment.ts';
import { newId } from '../platform/random.ts';

/** Who operates, as IAM proved it to the function URL. */
export interface Operator {
  readonly arn: string;
  readonly address: string;
  readonly requestId: string;
}

/**
 * Undefined for an event without such an identity. The function URL writes it, and callers cannot; but Lambda tells
 * nobody who used `Invoke` itself. Whoever has `lambda:InvokeFunction` without the condition
 * `lambda:InvokedViaFunctionUrl` can name themselves as they like: give operators both actions with it, and nobody more.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export const operatorOf = (event: APIGatewayProxyEventV2): Operator | undefined => {
  const context = event?.requestContext as
    | (APIGatewayProxyEventV2['requestContext'] & { authorizer?: { iam?: { userArn?: unknown } } })
    | undefined;
  const arn = context?.authorizer?.iam?.userArn;
  if (!context?.http || typeof arn !== 'string' || !arn.startsWith('arn:')) return undefined;
  return { arn, address: String(context.http.sourceIp), requestId: String(context.requestId) };
};

/** What an operator did to a tenant. */
export interface Deed {
  readonly action: string;
  readonly subject: string;
  readonly details?: NonNullable<AuditEvent['details']>;
  /** Id and time, where they were settled before. */
  readonly told?: { readonly event: EventId; readonly at: string };
}

/** The audit event of a deed; the tenant's owners can read it. */
export const auditOf = (operator: Operator, { action, subject, details, told }: Deed): Write =>
  auditWrite(
    {
      id: told?.event ?? newId('evt'),
      at: told?.at ?? toIso(clock.now()),
      action,
      subject,
      principal: operator.arn,
      address: operator.address,
      requestId: operator.requestId,
      ...(details && { details }),
    },
    environment.auditRetentionDays(),
  );

export const operatorAudit = (
  operator: Operator,
  action: string,
  subject: string,
  details?: AuditEvent['details'],
): Write => auditOf(operator, { action, subject, ...(details && { details }) });
