import { awsDefaults } from './aws-defaults';
import { any, not, Property, ResourceReader, rule, Truth } from './kernel';

const MINUTES: readonly (readonly [unit: string, minutes: number])[] = [['D', 1440], ['H', 60], ['M', 1]];

/** Minutes of an ISO 8601 duration such as `PT8H`. */
function minutesOf(text: string): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/i.exec(text);
  return match && match[0].length > 2 ? MINUTES.reduce((sum, [, minutes], at) => sum + Number(match[at + 1] ?? 0) * minutes, 0) : undefined;
}

function atMost(duration: Property, most: number): Truth {
  const { scalar } = duration.seen();
  if (typeof scalar !== 'string') return duration.missing ? Truth.no('SessionDuration is absent') : duration.openTruth();
  const minutes = minutesOf(scalar);
  return minutes === undefined ? Truth.unknown(`SessionDuration ${scalar} is no duration`) : Truth.of(minutes <= most, `sessions last ${scalar}, expected ${most / 60} hours or less`);
}

const administers = (set: ReadonlyArray<Property>): Truth => any(set.map((item) => item.endsWith(':policy/AdministratorAccess')), 'no policy for administrators');

const managedPolicies = (set: ResourceReader): Property[] => set.get('ManagedPolicies').list().items;

export const sessionDuration = rule({
  id: 'SSO.SessionDuration',
  resourceTypes: ['AWS::SSO::PermissionSet'],
  title: 'Sessions end within a working day, those of administrators within an hour',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1'] },
  rationale: 'The access that somebody carries away on a laptop lasts as long as the session. How long is right depends on the work.',
  remediation: { cfn: 'SessionDuration: PT8H or shorter, or none; PT1H for AdministratorAccess' },
  sources: ['IAM Identity Center user guide, "Set session duration for AWS accounts": one hour by default'],
  onByDefault: false,
  check: (set) => {
    const duration = set.get('SessionDuration').awsDefault(awsDefaults['AWS::SSO::PermissionSet.SessionDuration']);
    const hour = atMost(duration, 60);
    return hour.no && !administers(managedPolicies(set)).yes ? atMost(duration, 8 * 60) : hour;
  },
});

export const assignedToGroups = rule({
  id: 'SSO.AssignedToGroups',
  resourceTypes: ['AWS::SSO::Assignment'],
  title: 'Access is assigned to groups, not to single users',
  severity: 'low',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.2'] },
  rationale: 'Groups follow duties and end with them in the directory; an assignment to one person has to be remembered when that person changes or leaves.',
  remediation: { cfn: 'PrincipalType: GROUP' },
  sources: ['IAM Identity Center user guide, "Assign user or group access to AWS accounts"', 'NIST SP 800-53 AC-2(7)'],
  check: (assignment) => not(assignment.get('PrincipalType').is('USER'), 'access is assigned to one user'),
});
