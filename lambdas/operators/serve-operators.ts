import type { APIGatewayProxyEventV2, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { z } from 'zod';
import { Failure, type FieldError } from '../kernel/errors.ts';
import { fieldErrorsOf } from '../model/field-errors.ts';
import { bodyLimits, parseJsonText } from '../model/json-text.ts';
import { answer, answerProblem } from '../platform/answer.ts';
import { withinDeadline } from '../platform/deadline.ts';
import { failureOf } from '../platform/failure-of.ts';
import { log, reportSecurityEvent } from '../platform/log.ts';
import { observed } from '../platform/observed.ts';
import { type Operator, operatorOf } from './operator.ts';

const refused = (fields: readonly FieldError[]): never => {
  throw new Failure('invalid-request', fields);
};

const parseCommand = <S extends z.ZodType>(schema: S, event: APIGatewayProxyEventV2): z.output<S> => {
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : (event.body ?? '');
  if (Buffer.byteLength(text) > bodyLimits.bytes) throw new Failure('payload-too-large');
  const parsed = parseJsonText(text);
  if ('refused' in parsed) return refused([parsed.refused]);
  const command = schema.safeParse(parsed.value);
  return command.success ? command.data : refused(fieldErrorsOf('body', command.error));
};

interface Named {
  readonly command: string;
  readonly slug?: string;
}

/** Makes the Lambda handler of a function URL that only IAM identities of the account can call. Each call leaves a line. */
export const serveOperators = <C extends Named>(
  schema: z.ZodType<C>,
  run: (command: C, operator: Operator) => Promise<unknown>,
): ((event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyResult>) =>
  observed(async (event: APIGatewayProxyEventV2, context): Promise<APIGatewayProxyResult> => {
    const operator = operatorOf(event);
    if (!operator) {
      reportSecurityEvent({ event: 'assertion-refused', reason: 'no operator' });
      return answerProblem('unauthenticated');
    }
    const told: { command?: string; slug?: string } = {};
    try {
      const command = parseCommand(schema, event);
      told.command = command.command;
      if (command.slug !== undefined) told.slug = command.slug;
      const body = await withinDeadline(context, () => run(command, operator));
      log('info', 'operator', { ...told, operator: operator.arn });
      return answer({ status: 200, body });
    } catch (error) {
      log('warn', 'operator refused', { ...told, operator: operator.arn });
      return failureOf(error);
    }
  });
