import { all, applies, not, rule } from './kernel';
import { jsonAt } from './shared/json-text';
import { ownKey } from './shared/own-key';
import { notPublic } from './shared/resource-policy';

const CLUSTER = ['AWS::DSQL::Cluster'];

export const deletionProtection = rule({
  id: 'DSQL.DeletionProtection',
  resourceTypes: CLUSTER,
  title: 'Aurora DSQL cluster cannot be deleted by a slip',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['C1.1'] },
  rationale: 'Deletion protection makes removing a cluster a step of its own, so that no stack update or script removes it along the way.',
  remediation: { cfn: 'DeletionProtectionEnabled: true' },
  sources: ['AWS::DSQL::Cluster, DeletionProtectionEnabled'],
  check: (cluster) => cluster.get('DeletionProtectionEnabled').isTrue(),
});

export const customerKey = rule({
  id: 'DSQL.CustomerKey',
  resourceTypes: CLUSTER,
  title: 'Aurora DSQL cluster is encrypted with a KMS key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail that the organization decides. Encryption as such is always on.',
  remediation: { cfn: 'KmsEncryptionKey' },
  sources: ['Aurora DSQL user guide, "Data encryption for Amazon Aurora DSQL": AWS_OWNED_KMS_KEY stands for the key of AWS'],
  onByDefault: false,
  check: (cluster) => {
    const key = cluster.get('KmsEncryptionKey');
    return all(ownKey(key, 'dsql'), key.target() ? key.isPresent() : not(key.is('AWS_OWNED_KMS_KEY'), 'the key is the one of AWS'));
  },
});

export const policyNotPublic = rule({
  id: 'DSQL.PolicyNotPublic',
  resourceTypes: CLUSTER,
  title: 'Cluster policy allows no unbounded principal',
  severity: 'high',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['CC6.3'] },
  rationale: 'A statement that allows everyone, with no condition on who calls, offers the database to every AWS account. Aurora DSQL blocks such policies; one in a template is wrong all the same.',
  remediation: { cfn: 'PolicyDocument whose Allow statements name their principals or bind aws:SourceVpc or aws:PrincipalOrgID' },
  sources: ['Aurora DSQL user guide, "Resource-based policies for Aurora DSQL"'],
  check: (cluster) => applies(
    cluster.get('PolicyDocument').isPresent(), 'it has no policy', () => notPublic(jsonAt(cluster.get('PolicyDocument'), cluster))),
});
