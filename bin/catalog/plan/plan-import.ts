import type { Origin } from '../descriptors/drafts.ts';
import { referenceText } from '../descriptors/reference.ts';
import type { TenantCatalog } from '../entries.ts';
import type { Finding } from '../finding.ts';
import { entryProblems } from './check-entry.ts';
import type { PlanContext } from './context.ts';
import { directoryOf } from './directory.ts';
import type { DraftSet } from './draft-set.ts';
import { planRepositories } from './plan-repositories.ts';
import { ownersOf, planServices } from './plan-services.ts';
import { planTeams } from './plan-teams.ts';
import type { AnyPlanned, Plan } from './planned.ts';
import { withoutSame } from './same-thing.ts';

/** Tells of an entry that the API would refuse, and whether there is none to tell of. */
const isFit = (planned: AnyPlanned, refused: Origin[], findings: Finding[]): boolean => {
  const problems = planned.changed.length === 0 ? [] : entryProblems(planned);
  if (problems.length === 0) return true;
  const { file, line, reference } = planned.origin;
  for (const { field, expected } of problems)
    findings.push({
      weight: 'refused',
      file,
      line,
      document: referenceText(reference),
      field: field.replace(/^\./, ''),
      reason: `does not fit the ${planned.kind} as it would be, with what it has in the tenant: expected ${expected}`,
    });
  if (!planned.isImplied) refused.push(planned.origin);
  return false;
};

/** What has to become of everything that the files speak of, given what the tenant has. Asks nothing, changes nothing. */
export const planImport = (all: DraftSet, tenant: TenantCatalog): Plan => {
  const findings: Finding[] = [];
  const report = (finding: Finding): void => void findings.push(finding);
  const directory = directoryOf(all, tenant);
  const { drafts, refused: same } = withoutSame({ drafts: all, tenant, directory, report });
  const context: PlanContext = { drafts, tenant, directory, report };
  const refused = [...same];
  const fitting = <P extends AnyPlanned>(planned: readonly P[]): readonly P[] =>
    planned.filter((each) => isFit(each, refused, findings));
  const teams = planTeams(context).map(fitting);
  const owners = ownersOf(context);
  const repositories = planRepositories(context, owners);
  const keys = new Map(repositories.map(({ entry, key }) => [entry.url, key]));
  const services = fitting(planServices(context, { owners, repositories: keys }));
  return { teams, repositories: fitting(repositories), services, refused, findings };
};
