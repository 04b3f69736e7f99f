import { roleIdOf } from '../../iam/principal-context.ts';
import { AwsError, notBuilt } from '../aws-error.ts';
import type { Fields } from '../fields.ts';
import { queryProtocol, xmlAnswer } from '../protocol.ts';
import type { Service, ServiceCall } from '../service.ts';
import type { CredentialsStore, World } from '../world.ts';
import { assumeRole } from './assume-role.ts';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** Needs no permission: AWS answers it whatever the policies say. */
const callerIdentity = ({ caller: { principal } }: ServiceCall): Fields => ({
  Arn: principal.arn,
  UserId: `${roleIdOf(principal.roleArn)}:${principal.sessionName}`,
  Account: principal.account,
});

/** STS: sessions of roles, tagged. */
export const createSts = (world: World, credentials: CredentialsStore): Service => ({
  name: 'sts',
  protocol: queryProtocol(namespace),
  throttled: () => new AwsError('Throttling', 'Rate exceeded'),
  authorize: (call) => {
    const { operation, requestId } = call;
    const answered = (run: () => Fields) => () => xmlAnswer(namespace, operation, requestId, run());
    if (operation === 'AssumeRole') return answered(assumeRole(call, world, credentials));
    if (operation === 'GetCallerIdentity') {
      call.allow('GetCallerIdentity needs no permission');
      return answered(() => callerIdentity(call));
    }
    throw notBuilt('STS', operation);
  },
});
