import { all, any, applies, Evaluation, Property, rule, Truth, when } from './kernel';

/** Where an alias keeps its settings, and a bot those of the alias for tests. */
const SETTINGS: Readonly<Record<string, string>> = {
  'AWS::Lex::Bot': 'TestBotAliasSettings.ConversationLogSettings',
  'AWS::Lex::BotAlias': 'ConversationLogSettings',
};

/** The log group that an ARN names is encrypted with a key of KMS. */
function groupEncrypted(arn: Property, model: Evaluation): Truth {
  const group = arn.target() ?? model.ofType('AWS::Logs::LogGroup').find((one) => arn.names(one).yes);
  return group?.type === 'AWS::Logs::LogGroup' ? group.get('KmsKeyId').isPresent() : Truth.unknown('the log group is not among the templates given');
}

export const conversationLogsEncrypted = rule({
  id: 'Lex.ConversationLogsEncrypted',
  resourceTypes: Object.keys(SETTINGS),
  title: 'Logs of conversations are encrypted with a KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Conversations hold what callers say of themselves. S3 and CloudWatch Logs always encrypt; a KMS key adds a policy of who may read.',
  remediation: { cfn: 'AudioLogSettings with Destination.S3Bucket.KmsKeyArn, TextLogSettings to an AWS::Logs::LogGroup with KmsKeyId' },
  nagRules: ['LexBotAliasEncryptedConversationLogs'],
  sources: ['Amazon Lex V2 developer guide, "Encrypting conversation logs"'],
  onByDefault: false,
  check: (bot, model) => {
    const settings = bot.get(SETTINGS[bot.type]);
    const audio = settings.get('AudioLogSettings');
    const text = settings.get('TextLogSettings');
    const enabled = (log: Property) => log.get('Enabled').isTrue();
    return applies(any([audio.some(enabled), text.some(enabled)]), 'it logs no conversation', () => all(
      audio.every((log) => when(enabled(log), () => log.get('Destination.S3Bucket.KmsKeyArn').isPresent())),
      text.every((log) => when(enabled(log), () => groupEncrypted(log.get('Destination.CloudWatch.CloudWatchLogGroupArn'), model))),
    ));
  },
});
