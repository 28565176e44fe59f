import { any, applies, rule, Truth } from './kernel';
import { Grants, nameOf, noneOpen, PASSED_ROLES, RIGHTS_OF_OTHERS, RUNNING_CODE, Way } from './shared/escalation';
import { documentsOf, everyDocument, INLINE_HOLDERS, POLICY_HOLDERS } from './shared/iam-documents';

const WAYS: readonly Way[] = [...RIGHTS_OF_OTHERS, ...PASSED_ROLES];
const SOURCES = [
  'Rhino Security Labs, "AWS IAM Privilege Escalation – Methods and Mitigation"', 'pathfinding.cloud, "AWS IAM privilege escalation paths"',
  'IAM user guide, "Permissions boundaries for IAM entities"', 'IAM user guide, "Granting a user permissions to pass a role to an AWS service"',
];

export const noPrivilegeEscalation = rule({
  id: 'IAM.NoPrivilegeEscalation',
  resourceTypes: POLICY_HOLDERS,
  title: 'No policy lets its holder widen its own rights',
  severity: 'high',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'Who may change any policy, role or credential of the account, or run code under any role, can make themselves an administrator, whatever else was denied.',
  remediation: {
    l2: 'resources with the principals that may be changed, under a permissions boundary; role.grantPassRole()',
    cfn: 'Resource with named principals and roles, or a condition on iam:PermissionsBoundary or iam:PassedToService',
  },
  sources: SOURCES,
  check: (resource, model) => everyDocument(resource, model, (policy) =>
    noneOpen(new Grants([policy], WAYS).found(), (ways) => `the policy allows on every resource what leads to more rights: ${ways}`)),
});

export const noTakeover = rule({
  id: 'IAM.NoTakeoverOfRunningCode',
  resourceTypes: POLICY_HOLDERS,
  title: 'Only named functions and instances may be taken over',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1', 'CC8.1'] },
  rationale: 'Who may change the code of any function, or open a shell on any instance, acts with whatever role runs there.',
  remediation: { l2: 'resources with the functions, instances and projects', cfn: 'Resource with named functions, instances and projects, or a condition on their tags' },
  sources: SOURCES,
  check: (resource, model) => everyDocument(resource, model, (policy) =>
    noneOpen(new Grants([policy], RUNNING_CODE).found(), (ways) => `the policy allows to take over whatever runs in the account: ${ways}`)),
});

export const noCombinedEscalation = rule({
  id: 'IAM.NoCombinedEscalation',
  resourceTypes: INLINE_HOLDERS,
  title: 'Policies of one holder add up to no more rights than given',
  severity: 'high',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'Two harmless policies can be one way to every right: one passes roles, the other makes functions. Reviews that look at policies one by one miss that.',
  remediation: { l2: 'role.grantPassRole(), and named resources', cfn: 'Resource with the roles that may be passed, or a condition on iam:PassedToService' },
  sources: SOURCES,
  check: (holder, model) => {
    const policies = documentsOf(holder, model);
    return applies(Truth.of(policies.length > 1, 'it has no two policies'), 'it has no two policies in the templates', () => {
      const found = new Grants(policies, PASSED_ROLES).found();
      // What a single policy gives is said of that policy.
      const alone = found.length ? policies.flatMap((policy) => new Grants([policy], PASSED_ROLES).found()).filter(({ truth }) => truth.yes) : [];
      return noneOpen(found.filter(({ way }) => !alone.some((one) => one.way === way)), (ways) => `its policies together allow what leads to more rights: ${ways}`);
    });
  },
});

/** Rights to make principals or to give them rights. */
const MAKING: readonly Way[] = ['iam:CreateRole', 'iam:CreateUser', 'iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:PutUserPolicy', 'iam:AttachUserPolicy']
  .map((anywhere) => ({ anywhere }));

export const makersBounded = rule({
  id: 'IAM.MakersOfRolesBounded',
  resourceTypes: ['AWS::IAM::Role'],
  title: 'Roles that make roles have a permissions boundary',
  severity: 'low',
  criteria: { direct: ['CC6.3'] },
  rationale: 'A boundary keeps a pipeline or an operator that makes roles from making one stronger than itself. Organizations that bound them by service control policies need none.',
  remediation: { l2: 'permissionsBoundary', cfn: 'PermissionsBoundary' },
  sources: ['IAM user guide, "Permissions boundaries for IAM entities"'],
  onByDefault: false,
  check: (role, model) => {
    const found = new Grants(documentsOf(role, model), MAKING).found();
    const makes = any(found.map(({ truth }) => truth), 'it makes no principals');
    return applies(makes, 'none of its policies in the templates lets it make or change principals',
      () => role.get('PermissionsBoundary').isPresent().because(`it may do ${found.map(({ way }) => nameOf(way)).join(', ')}, and has no permissions boundary`));
  },
});
