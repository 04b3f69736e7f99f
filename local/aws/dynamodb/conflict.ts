import { AwsError } from '../aws-error.ts';
import { type Fields, fieldsList } from '../fields.ts';

/** What AWS answers to a call that meets another transaction on the same item: the engine never does. */
export const transactionConflict = (operation: string, input: Fields): AwsError => {
  if (!operation.startsWith('Transact'))
    return new AwsError('TransactionConflictException', 'Transaction is ongoing for the item');
  const [, ...others] = fieldsList(input, 'TransactItems').map(() => ({ Code: 'None' }));
  const reasons = [{ Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }, ...others];
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    400,
    { CancellationReasons: reasons },
  );
};
