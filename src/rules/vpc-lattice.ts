import { all, any, Evaluation, not, ResourceReader, rule, Statement, Truth } from './kernel';

const SERVICE = 'AWS::VpcLattice::Service';
const NETWORK = 'AWS::VpcLattice::ServiceNetwork';
const ASSOCIATION = 'AWS::VpcLattice::ServiceNetworkServiceAssociation';

const asksIam = (resource: ResourceReader) => resource.get('AuthType').is('AWS_IAM');

/** What is on the other side of each association asks for IAM, and there is one at least. */
function othersAskIam(resource: ResourceReader, model: Evaluation): Truth {
  const [own, other, type] = resource.type === SERVICE
    ? ['ServiceIdentifier', 'ServiceNetworkIdentifier', NETWORK] : ['ServiceNetworkIdentifier', 'ServiceIdentifier', SERVICE];
  const associations = model.referrers(resource, ASSOCIATION, own);
  if (!associations.length) return Truth.no('nothing is associated');
  return all(...associations.map((association) => {
    const target = association.get(other).target();
    return target?.type === type ? asksIam(target) : Truth.unknown(`the other side of ${association.logicalId} is not among the templates given`);
  }));
}

export const latticeAuth = rule({
  id: 'VpcLattice.Auth',
  resourceTypes: [SERVICE, NETWORK],
  title: 'Callers of services are authorized',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.6'] },
  rationale: 'Without authorization every client in an associated VPC may call every service, whoever it is.',
  remediation: { cfn: 'AuthType: AWS_IAM, with an AWS::VpcLattice::AuthPolicy' },
  sources: ['Amazon VPC Lattice user guide, "Control access to VPC Lattice services using auth policies": on the service network, the service, or both'],
  check: (resource, model) => any([asksIam(resource), othersAskIam(resource, model)]).because('neither the service nor its network asks for IAM'),
});

/** Conditions of Lattice's own, or on the kind of the caller, that leave strangers out. */
function bounds(statement: Statement): Truth {
  const { items, open } = statement.property.get('Condition').entries();
  const keys = items.flatMap(({ value }) => value.entries().items.map(({ key }) => key));
  if (keys.some((key) => /^(vpc-lattice-svcs:SourceVpc(OwnerAccount)?|aws:PrincipalType)$/i.test(key))) return Truth.YES;
  return open === undefined ? Truth.no('no condition on the VPC') : Truth.unknown(open);
}

export const latticePolicyNotOpen = rule({
  id: 'VpcLattice.AuthPolicyNotOpen',
  resourceTypes: ['AWS::VpcLattice::AuthPolicy'],
  title: 'Auth policy allows no unbounded principal',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3', 'CC6.6'] },
  rationale: 'A statement that allows everyone lets in callers that sign nothing, so that the authorization which is switched on asks nobody who they are.',
  remediation: { cfn: 'Policy whose Allow statements name their principals or bind aws:PrincipalOrgID, aws:PrincipalType or vpc-lattice-svcs:SourceVpc' },
  sources: ['Amazon VPC Lattice user guide, "Control access to VPC Lattice services using auth policies": anonymous principals, condition keys'],
  check: (policy) => policy.get('Policy').policy().none('Allow', (statement) => all(
    statement.principal().everyone(), not(statement.narrowed(), 'a condition narrows the callers'), not(bounds(statement), 'a condition bounds the callers'),
  ), 'the policy allows everyone, with no condition on who calls'),
});

export const latticeAccessLogs = rule({
  id: 'VpcLattice.AccessLogs',
  resourceTypes: [NETWORK],
  title: 'Service network keeps access logs',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'Access logs show which client called which service, and whom the policies refused.',
  remediation: { cfn: 'an AWS::VpcLattice::AccessLogSubscription with the service network as ResourceIdentifier' },
  sources: ['Amazon VPC Lattice user guide, "Access logs for VPC Lattice"'],
  check: (network, model) => any(model.referrers(network, 'AWS::VpcLattice::AccessLogSubscription', 'ResourceIdentifier')
    .map((subscription) => subscription.get('DestinationArn').isPresent()), 'no AWS::VpcLattice::AccessLogSubscription refers to the service network'),
});
