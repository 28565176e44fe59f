import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Soc2Checks } from '../../src/checks';
import { findingsOf, SynthFinding } from '../../src/checks/findings';
import { AcknowledgementPolicy } from '../../src/checks/options';
import { SecureBucket, SecureQueue } from '../../src/constructs';
import { OptOut } from '../../src/declarations/opt-out';
import { assess, Ledger } from '../../src/ledger';
import { renderMarkdown } from '../../src/report/markdown';
import { renderText } from '../../src/report/text';
import { loadInputs } from '../../src/template/load';

process.env.CDK_VALIDATION = 'false';

/** The ledger of an app as `cdk synth` makes it, advisory rules left out. */
function ledgerOf(fill: (stack: Stack) => void): Ledger {
  const app = new App();
  fill(new Stack(app, 'S'));
  return assess(loadInputs([app.synth().directory]), { categories: ['security', 'availability', 'confidentiality', 'processing-integrity', 'privacy'], asOf: '2026-06-30', command: 'cdk synth', advisory: false });
}

const findings = (ledger: Ledger): SynthFinding[] => findingsOf(ledger, AcknowledgementPolicy.HONOUR);
const queue = (made: SecureQueue) => made.node.defaultChild as sqs.CfnQueue;
const bucket = (made: SecureBucket) => made.node.defaultChild as s3.CfnBucket;

/** Opts out of nothing, and loses what it claims. */
const withAwsKey = (stack: Stack): void => queue(new SecureQueue(stack, 'Orders')).addPropertyOverride('KmsMasterKeyId', 'alias/aws/sqs');
const unversioned = (stack: Stack): void => bucket(new SecureBucket(stack, 'Data')).addPropertyOverride('VersioningConfiguration.Status', 'Suspended');

test('a claim that an escape hatch breaks is an error that names construct, claim, rule and property', () => {
  expect(findings(ledgerOf(unversioned))).toEqual([expect.objectContaining({
    rule: 'S3.Versioning', severity: 'error', constructPath: 'S/Data/Resource', location: 'Properties.VersioningConfiguration.Status',
    description: 'Bucket keeps object versions: claim not upheld: SecureBucket claims CC7.5 A1.2 PI1.5 by S3.Versioning, but VersioningConfiguration.Status is "Suspended", expected "Enabled"',
    fix: 'take back what changed the resource, or give the construct an opt-out with a reason',
  })]);
});

test('so is one that rests on an advisory rule, which a synthesis does not ask by itself', () => {
  const ledger = ledgerOf(withAwsKey);
  expect(findings(ledger)).toEqual([expect.objectContaining({ rule: 'SQS.CustomerKey', severity: 'error', ledgerSeverity: 'medium', description: expect.stringContaining('claim not upheld: SecureQueue claims CC6.1 C1.1 by SQS.CustomerKey') })]);
  expect(findings(ledger)[0].description).toContain('KmsMasterKeyId');
  // Of a plain queue nobody claims anything.
  expect(findings(ledgerOf((stack) => void new sqs.Queue(stack, 'Plain', { encryption: sqs.QueueEncryption.KMS_MANAGED, enforceSSL: true }))).map(({ rule }) => rule)).toEqual(['SQS.DeadLetterQueue']);
});

test('with an opt-out nothing is claimed, and so nothing broken', () => {
  const optOuts = [OptOut.of('SQS.CustomerKey', { reason: 'a test' })];
  expect(findings(ledgerOf((stack) => void new SecureQueue(stack, 'Orders', { encryption: sqs.QueueEncryption.SQS_MANAGED, optOuts })))).toEqual([]);
});

test('the reports say so', () => {
  const ledger = ledgerOf(withAwsKey);
  const text = renderText(ledger);
  expect(text).toContain('claim not upheld: SecureQueue claims CC6.1 C1.1 by SQS.CustomerKey, but ');
  expect(text).toContain('mend  take back what changed the resource, or give the construct an opt-out with a reason');
  expect(text).toContain('1 failure of what a construct claims: its claims are not upheld');
  expect(text).not.toContain('advisory');
  expect(renderMarkdown(ledger)).toMatch(/`SQS\.CustomerKey` \| medium \| `S\/Orders\/Resource`.* \| claim not upheld/);
});

test('the plugin rejects the app', () => {
  const app = new App();
  withAwsKey(new Stack(app, 'S'));
  const assembly = app.synth();
  const [stack] = assembly.stacks;
  const report = new Soc2Checks({ asOf: '2026-06-30' }).validate({
    templatePaths: [stack.templateFullPath], appConstruct: app, stackTemplates: [{ stackConstructPath: 'S', templatePath: stack.templateFullPath }],
  } as never);
  expect(report.success).toBe(false);
  expect(report.violations.map(({ ruleName, severity }) => [ruleName, severity])).toEqual([['SQS.CustomerKey', 'error']]);
});
