import { ifProd, P, setting, subject } from './cases';
import { fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import { customerKey, privateNetwork, standbyReplicas } from '../../src/rules/opensearch-serverless';

const policy = (Type: unknown, Policy: unknown, others = {}) => subject('AWS::OpenSearchServerless::SecurityPolicy')({ Type, Policy: typeof Policy === 'string' ? Policy : { ...Policy as object } }, others);
const text = JSON.stringify;
const collection = subject('AWS::OpenSearchServerless::Collection');
const rules = { Rules: [{ ResourceType: 'collection', Resource: ['collection/logs'] }] };
const inside = { ...rules, AllowFromPublic: false, SourceVPCEs: ['vpce-1'] };
const sub = (body: string) => ({ 'Fn::Sub': body });

verdicts(privateNetwork, {
  pass: { 'from a VPC endpoint': policy('network', text([inside])), 'absent: private': policy('network', text([{ ...rules, SourceVPCEs: ['vpce-1'] }])) },
  fail: { 'public': policy('network', text([{ ...rules, AllowFromPublic: true }])), 'as text': policy('network', text([{ ...rules, AllowFromPublic: 'true' }])) },
  unknown: {
    'the policy by parameter': policy('network', P),
    'the kind by parameter': policy(P, text([{ ...rules, AllowFromPublic: true }])),
    'a text that is no policy': policy('network', 'see the wiki'),
  },
  notApplicable: { 'an encryption policy': policy('encryption', text({ ...rules, AWSOwnedKey: true })) },
  trap: {
    'the second of two rules, for the dashboard': fail(policy('network', text([inside, { Rules: [{ ResourceType: 'dashboard', Resource: ['collection/logs'] }], AllowFromPublic: true }]))),
    'a text with a reference': fail(policy('network', sub('[{"Rules":[{"ResourceType":"collection","Resource":["collection/${AWS::StackName}"]}],"AllowFromPublic":true}]'))),
    'public in one branch': fail(policy('network', ifProd(text([inside]), text([{ ...rules, AllowFromPublic: true }]))), { message: /IsProd is false/ }),
    'the switch is put together at deployment': unknown(policy('network', sub('[{"AllowFromPublic":"${P}"}]'))),
  },
});

const KEY = 'arn:aws:kms:us-east-1:111111111111:key/1';
verdicts(customerKey, {
  pass: { 'a key': policy('encryption', text({ ...rules, AWSOwnedKey: false, KmsARN: KEY })), 'of the collection': collection({ EncryptionConfig: { KmsKeyArn: KEY } }) },
  fail: {
    'a key of AWS': policy('encryption', text({ ...rules, AWSOwnedKey: true })),
    'no key': policy('encryption', text(rules)),
    'a key of AWS, of the collection': collection({ EncryptionConfig: { AWSOwnedKey: true } }),
  },
  unknown: { 'the policy by parameter': policy('encryption', P), 'the key by parameter': collection({ EncryptionConfig: { KmsKeyArn: P } }) },
  notApplicable: { 'a network policy': policy('network', text([inside])), 'a policy chooses the key': collection() },
  trap: {
    'a key beside that of AWS': fail(policy('encryption', text({ ...rules, AWSOwnedKey: true, KmsARN: KEY }))),
    'a key of the template': pass(policy('encryption', sub('{"Rules":[],"AWSOwnedKey":false,"KmsARN":"${Key.Arn}"}'), { Key: { Type: 'AWS::KMS::Key' } })),
    'the text of a network policy says nothing of keys': notApplicable(policy('network', text({ AWSOwnedKey: true }))),
  },
});

verdicts(standbyReplicas, setting(collection, 'StandbyReplicas', { good: 'ENABLED', bad: 'DISABLED', absent: 'pass' }));
