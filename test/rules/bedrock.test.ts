import { ifProd, P, presence, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { agentGuardrail, customerKey, guardrailPersonalData, guardrailPromptAttack } from '../../src/rules/bedrock';

const agent = subject('AWS::Bedrock::Agent');
const guardrail = subject('AWS::Bedrock::Guardrail');
const ARN = 'arn:aws:kms:eu-west-1:111111111111:key/k';

verdicts(customerKey, presence(agent, 'CustomerEncryptionKeyArn', {
  value: ARN,
  pass: { 'a guardrail': guardrail({ KmsKeyArn: ARN }), 'a flow': subject('AWS::Bedrock::Flow')({ CustomerEncryptionKeyArn: ARN }), 'a prompt': subject('AWS::Bedrock::Prompt')({ CustomerEncryptionKeyArn: ARN }) },
  fail: { 'a guardrail without': guardrail() },
  trap: { 'the property of an agent on a guardrail': fail(guardrail({ CustomerEncryptionKeyArn: ARN })), 'by parameter': unknown(agent({ CustomerEncryptionKeyArn: P })) },
}));
verdicts(agentGuardrail, presence(agent, 'GuardrailConfiguration.GuardrailIdentifier', {
  trap: {
    'a version alone': fail(agent({ GuardrailConfiguration: { GuardrailVersion: '1' } })),
    'one that nothing names': fail(agent({}, { Guardrail: { Type: 'AWS::Bedrock::Guardrail' } })),
    'one that is enforced for the account': pass(agent({}, { Enforced: { Type: 'AWS::Bedrock::EnforcedGuardrailConfiguration' } })),
  },
}));

const filters = (...FiltersConfig: unknown[]) => guardrail({ ContentPolicyConfig: { FiltersConfig } });
const attack = (more: object = {}) => ({ Type: 'PROMPT_ATTACK', InputStrength: 'HIGH', OutputStrength: 'NONE', ...more });
verdicts(guardrailPromptAttack, {
  pass: { 'strong': filters(attack()), 'middling': filters(attack({ InputStrength: 'MEDIUM' })), 'weak, said to block': filters(attack({ InputStrength: 'LOW', InputAction: 'BLOCK', InputEnabled: 'true' })) },
  fail: { 'none': guardrail(), 'other filters': filters({ Type: 'HATE', InputStrength: 'HIGH', OutputStrength: 'HIGH' }), 'not for input': filters(attack({ InputStrength: 'NONE' })) },
  unknown: { 'the strength by parameter': filters(attack({ InputStrength: P })), 'all by parameter': guardrail({ ContentPolicyConfig: { FiltersConfig: P } }) },
  trap: {
    'only tells': fail(filters(attack({ InputAction: 'NONE' }))),
    'disabled': fail(filters(attack({ InputEnabled: 'false' }))),
    'after other filters': pass(filters({ Type: 'HATE', InputStrength: 'NONE', OutputStrength: 'NONE' }, attack())),
    'in one branch': fail(filters(ifProd(attack())), { message: /IsProd is false/ }),
  },
});

const personal = (...PiiEntitiesConfig: unknown[]) => guardrail({ SensitiveInformationPolicyConfig: { PiiEntitiesConfig } });
verdicts(guardrailPersonalData, {
  pass: {
    'masks': personal({ Type: 'EMAIL', Action: 'ANONYMIZE' }),
    'blocks by pattern': guardrail({ SensitiveInformationPolicyConfig: { RegexesConfig: [{ Name: 'id', Pattern: 'x', Action: 'BLOCK' }] } }),
  },
  fail: { 'none': guardrail(), 'only tells': personal({ Type: 'EMAIL', Action: 'NONE' }), 'disabled on both sides': personal({ Type: 'EMAIL', Action: 'BLOCK', InputEnabled: false, OutputEnabled: 'false' }) },
  unknown: { 'by parameter': personal({ Type: 'EMAIL', Action: P }) },
  trap: {
    'either side only tells': fail(personal({ Type: 'EMAIL', Action: 'BLOCK', InputAction: 'NONE', OutputAction: 'NONE' })),
    'one side masks': pass(personal({ Type: 'EMAIL', Action: 'NONE', OutputAction: 'ANONYMIZE' })),
    'the side that masks is disabled': fail(personal({ Type: 'EMAIL', Action: 'NONE', OutputAction: 'ANONYMIZE', OutputEnabled: false })),
  },
});
