import { defineDetection } from '../detecting/detection.ts';
import { reported } from '../detecting/lines.ts';
import { once, sample } from '../detecting/sample.ts';
import { atTheFirst, countsSecurityEvents } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

/** Our code never asks for what it may not have: a refusal means a bug or an attack, and the wall held. */
export const tenantBoundaryTouched = defineDetection({
  name: 'tenant-boundary-touched',
  title: 'AWS refused a function what it asked for: code reached beyond its tenant or its rights.',
  severity: 'critical',
  technique: { id: 'T1190', name: 'Exploit Public-Facing Application' },
  impact: "Somebody may be reaching for another customer's data. This attempt was refused; the next may find a way.",
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'catalog')} --since 15m --filter-pattern '{ $.event = "tenant-boundary-touched" }'`,
  closes: 'person',
  reports: ['boundary-touches-by-tenant'],
  delay: 'seconds: embedded metrics',
  signal: () => countsSecurityEvents('TenantBoundaryTouched', atTheFirst),
  samples: () => ({
    hits: [
      sample(
        "one refusal in a tenant's session",
        once(
          reported({
            event: 'tenant-boundary-touched',
            tenant: 'tnt_one',
            service: 'DynamoDBClient',
            action: 'GetItemCommand',
          }),
        ),
      ),
      sample(
        "one in a function's own name",
        once(reported({ event: 'tenant-boundary-touched', service: 'KMSClient', action: 'SignCommand' }, 'authorizer')),
      ),
    ],
    misses: [
      sample(
        'a caller without the permission',
        once(
          reported({
            event: 'authorization-refused',
            tenant: 'tnt_one',
            principal: 'usr_one',
            credential: 'tok_one',
            operation: 'createTeam',
            permission: 'teams:write',
            firstOnRoute: 'yes',
          }),
        ),
      ),
    ],
    nearMisses: [
      sample(
        'a call of a suspended tenant',
        once(
          reported(
            { event: 'tenant-suspended-refused', tenant: 'tnt_one', principal: 'usr_one', credential: 'tok_one' },
            'authorizer',
          ),
        ),
      ),
    ],
  }),
});
