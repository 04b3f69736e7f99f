import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { dashboardBody } from '../detecting/dashboard-body.ts';
import { dashboardName } from '../names.ts';
import type { Stage } from '../stage.ts';

/** What an on-call opens first. */
export class Dashboard extends CfnDashboard {
  constructor(scope: Construct, stage: Stage) {
    super(scope, 'Dashboard', {
      dashboardName: dashboardName(stage),
      dashboardBody: JSON.stringify({ widgets: dashboardBody(stage) }),
    });
  }
}
