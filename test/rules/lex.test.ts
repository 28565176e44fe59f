import { ifProd, P, subject } from './cases';
import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import { conversationLogsEncrypted } from '../../src/rules/lex';

const alias = subject('AWS::Lex::BotAlias');
const bot = subject('AWS::Lex::Bot');
const audio = (S3Bucket: object, Enabled: unknown = true) => ({ AudioLogSettings: [{ Enabled, Destination: { S3Bucket } }] });
const text = (CloudWatchLogGroupArn: unknown, Enabled: unknown = true) => ({ TextLogSettings: [{ Enabled, Destination: { CloudWatch: { CloudWatchLogGroupArn, LogPrefix: '' } } }] });
const logs = (ConversationLogSettings: object, others: Case = {}) => alias({ ConversationLogSettings }, others);
const group = (Properties: object = {}) => ({ Group: { Type: 'AWS::Logs::LogGroup', Properties } });
const ARN = { 'Fn::GetAtt': ['Group', 'Arn'] };

verdicts(conversationLogsEncrypted, {
  pass: { 'audio': logs(audio({ KmsKeyArn: 'k' })), 'text': logs(text(ARN), group({ KmsKeyId: 'k' })), 'both': logs({ ...audio({ KmsKeyArn: 'k' }), ...text(ARN) }, group({ KmsKeyId: 'k' })) },
  fail: { 'audio without a key': logs(audio({ S3BucketArn: 'b' })), 'text without a key': logs(text(ARN), group()) },
  unknown: { 'a group elsewhere': logs(text('arn:aws:logs:eu-west-1:111111111111:log-group:g')), 'enabled by parameter': logs(audio({}, P)) },
  notApplicable: { 'none': alias(), 'disabled': logs(audio({}, false)), 'a bot without an alias for tests': bot() },
  trap: {
    'disabled audio, text with a key': pass(logs({ ...audio({}, 'false'), ...text(ARN) }, group({ KmsKeyId: 'k' }))),
    'audio with a key, text without': fail(logs({ ...audio({ KmsKeyArn: 'k' }), ...text(ARN) }, group())),
    'the alias for tests of a bot': fail(bot({ TestBotAliasSettings: { ConversationLogSettings: audio({}) } })),
    'settings of an alias on a bot': notApplicable(bot({ ConversationLogSettings: audio({}) })),
    'a group by its name': fail(logs(text('arn:aws:logs:eu-west-1:111111111111:log-group:talks'), group({ LogGroupName: 'talks' }))),
    'another group has a key': unknown(logs(text('arn:aws:logs:eu-west-1:111111111111:log-group:talks'), group({ LogGroupName: 'other', KmsKeyId: 'k' }))),
    'a key in one branch': fail(logs(audio({ KmsKeyArn: ifProd('k') })), { message: /IsProd is false/ }),
  },
});
