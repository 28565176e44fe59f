import { all, any, not, Property, rule, Truth } from './kernel';
import { ownKey } from './shared/own-key';

const GUARDRAIL = ['AWS::Bedrock::Guardrail'];

/** The property that names the key. */
const KEYS: Readonly<Record<string, string>> = {
  'AWS::Bedrock::Agent': 'CustomerEncryptionKeyArn',
  'AWS::Bedrock::Flow': 'CustomerEncryptionKeyArn',
  'AWS::Bedrock::Guardrail': 'KmsKeyArn',
  'AWS::Bedrock::Prompt': 'CustomerEncryptionKeyArn',
};

export const customerKey = rule({
  id: 'Bedrock.CustomerKey',
  resourceTypes: Object.keys(KEYS),
  title: 'Instructions to models are encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail of its use. Encryption as such is always on, with a key that AWS owns.',
  remediation: { construct: 'EncryptionKey', l2: 'kmsKey', cfn: 'CustomerEncryptionKeyArn (of a guardrail: KmsKeyArn)' },
  sources: ['Amazon Bedrock user guide, "Data encryption"'],
  onByDefault: false,
  check: (resource) => ownKey(resource.get(KEYS[resource.type]), 'bedrock'),
});

export const agentGuardrail = rule({
  id: 'Bedrock.AgentGuardrail',
  resourceTypes: ['AWS::Bedrock::Agent'],
  title: 'Agent has a guardrail',
  severity: 'low',
  criteria: { direct: [], supporting: ['PI1.2', 'PI1.4', 'CC6.8'] },
  rationale: 'An agent acts on what people and documents tell it; a guardrail filters what goes in and what comes out, by rules that do not depend on the model.',
  remediation: { cfn: 'GuardrailConfiguration: { GuardrailIdentifier, GuardrailVersion }' },
  sources: ['AWS::Bedrock::Agent GuardrailConfiguration', 'AWS::Bedrock::EnforcedGuardrailConfiguration: holds for the whole account'],
  check: (agent, model) => any([
    agent.get('GuardrailConfiguration.GuardrailIdentifier').isPresent(),
    Truth.of(model.ofType('AWS::Bedrock::EnforcedGuardrailConfiguration').length > 0, 'none is enforced'),
  ]).because('the agent names no guardrail, and none is enforced for the account'),
});

/** A filter that looks at what goes in, and blocks. */
const blocksInput = (filter: Property): Truth => all(
  filter.get('InputStrength').oneOf(['LOW', 'MEDIUM', 'HIGH']),
  filter.get('InputAction').isNot('NONE'),
  not(filter.get('InputEnabled').isFalse(), 'the filter is disabled for input'),
);

export const guardrailPromptAttack = rule({
  id: 'Bedrock.GuardrailPromptAttack',
  resourceTypes: GUARDRAIL,
  title: 'Guardrail blocks prompt attacks',
  severity: 'low',
  criteria: { direct: [], supporting: ['PI1.2', 'CC6.8'] },
  rationale: 'Text that tells a model to forget its instructions is the commonest attack on one; the filter for it is off unless it is configured.',
  remediation: { cfn: 'ContentPolicyConfig.FiltersConfig with { Type: PROMPT_ATTACK, InputStrength: HIGH, OutputStrength: NONE }' },
  sources: ['Amazon Bedrock user guide, "Detect prompt attacks with Amazon Bedrock Guardrails"'],
  check: (guardrail) => guardrail.get('ContentPolicyConfig.FiltersConfig').some((filter) => all(filter.get('Type').is('PROMPT_ATTACK'), blocksInput(filter)))
    .because('no filter of type PROMPT_ATTACK blocks input'),
});

/** On either side something is masked or blocked. `Action` holds for a side that has no action of its own. */
const acts = (entity: Property): Truth => any(['Input', 'Output'].map((side) => {
  const own = entity.get(`${side}Action`);
  return all((own.missing ? entity.get('Action') : own).oneOf(['BLOCK', 'ANONYMIZE']), not(entity.get(`${side}Enabled`).isFalse(), 'it is disabled'));
}));

export const guardrailPersonalData = rule({
  id: 'Bedrock.GuardrailPersonalData',
  resourceTypes: GUARDRAIL,
  title: 'Guardrail masks or blocks personal data',
  severity: 'low',
  criteria: { direct: [], supporting: ['C1.1', 'PI1.4'] },
  rationale: 'Keeps names, numbers and addresses out of prompts and answers. Applications that work with such data cannot have it, so this is asked for.',
  remediation: { cfn: 'SensitiveInformationPolicyConfig: { PiiEntitiesConfig: [{ Type, Action: ANONYMIZE }] }' },
  sources: ['Amazon Bedrock user guide, "Remove PII from conversations by using sensitive information filters"'],
  onByDefault: false,
  check: (guardrail) => any(['PiiEntitiesConfig', 'RegexesConfig'].map((name) => guardrail.get(`SensitiveInformationPolicyConfig.${name}`).some(acts)))
    .because('no sensitive information filter masks or blocks'),
});
