import { awsDefaults } from './aws-defaults';
import { all, applies, not, rule } from './kernel';
import { jsonAt } from './shared/json-text';
import { ownKey } from './shared/own-key';

const POLICY = 'AWS::OpenSearchServerless::SecurityPolicy';
const COLLECTION = 'AWS::OpenSearchServerless::Collection';

export const privateNetwork = rule({
  id: 'OpenSearchServerless.PrivateNetwork',
  resourceTypes: [POLICY],
  title: 'Network policy opens no collection to the internet',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'A public collection or dashboard answers on the internet, with its access policy as the only gate.',
  remediation: { cfn: 'Policy (Type: network) with AllowFromPublic: false and SourceVPCEs or SourceServices' },
  sources: ['Amazon OpenSearch Service developer guide, "Network access for Amazon OpenSearch Serverless": AllowFromPublic'],
  check: (policy) => applies(policy.get('Type').is('network'), 'it is no network policy', () => jsonAt(policy.get('Policy'), policy)
    .every((rules) => not(rules.get('AllowFromPublic').isTrue(), 'the policy lets the internet in, with AllowFromPublic'))),
});

export const customerKey = rule({
  id: 'OpenSearchServerless.CustomerKey',
  resourceTypes: [POLICY, COLLECTION],
  title: 'Collections are encrypted with a KMS key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail that the organization decides. Encryption as such is always on.',
  remediation: { cfn: 'Policy (Type: encryption) with KmsARN and AWSOwnedKey: false, or EncryptionConfig: { KmsKeyArn } of the collection' },
  sources: ['Amazon OpenSearch Service developer guide, "Encryption at rest for Amazon OpenSearch Serverless"'],
  onByDefault: false,
  check: (resource) => {
    if (resource.type === COLLECTION) {
      const config = resource.get('EncryptionConfig');
      return applies(config.isPresent(), 'an encryption policy chooses the key', () => all(
        ownKey(config.get('KmsKeyArn'), 'aoss'), not(config.get('AWSOwnedKey').isTrue(), 'the key is one of AWS')));
    }
    return applies(resource.get('Type').is('encryption'), 'it is no encryption policy', () => {
      const policy = jsonAt(resource.get('Policy'), resource);
      return all(not(policy.get('AWSOwnedKey').isTrue(), 'the key is one of AWS'), ownKey(policy.get('KmsARN'), 'aoss'));
    });
  },
});

export const standbyReplicas = rule({
  id: 'OpenSearchServerless.StandbyReplicas',
  resourceTypes: [COLLECTION],
  title: 'Collection has standby replicas in other zones',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['CC9.1'] },
  rationale: 'Without standby replicas a collection is down with its zone. They cannot be turned on later, and AWS leaves them out only where it is asked to.',
  remediation: { cfn: 'StandbyReplicas: ENABLED' },
  configRule: 'OPENSEARCHSERVERLESS_COLLECTION_STANDBYREPLICAS_ENABLED',
  sources: ['Amazon OpenSearch Serverless API reference, CreateCollection: standbyReplicas'],
  check: (collection) => collection.get('StandbyReplicas').awsDefault(awsDefaults['AWS::OpenSearchServerless::Collection.StandbyReplicas']).is('ENABLED'),
});
