import { ifProd, MACRO, P, subject } from './cases';
import { fail, notApplicable, pass, verdicts } from './verdicts';
import { customerKey, manualApproval } from '../../src/rules/codepipeline';

const pipeline = subject('AWS::CodePipeline::Pipeline');
const action = (Category: unknown, RunOrder?: unknown) => ({ Name: 'a', ActionTypeId: { Category }, RunOrder });
const stage = (...Actions: object[]) => ({ Name: 's', Actions });
const stages = (...Stages: unknown[]) => pipeline({ Stages });
const source = stage(action('Source'));
const deploy = stage(action('Deploy'));
const approve = stage(action('Approval'));

verdicts(manualApproval, {
  pass: {
    'a stage of its own': stages(source, approve, deploy),
    'between test and production': stages(source, deploy, approve, deploy),
    'in the stage, before': stages(source, stage(action('Approval', 1), action('Deploy', 2), action('Deploy', '3'))),
    'a condition at the entry': stages(source, { ...deploy, BeforeEntry: { Conditions: [{ Result: 'FAIL' }] } }),
  },
  fail: { 'none': stages(source, deploy), 'after': stages(source, deploy, approve) },
  unknown: { 'stages by a macro': pipeline({ Stages: MACRO }), 'the category by parameter': stages(source, stage(action(P)), deploy), 'the order by parameter': stages(stage(action('Approval', P), action('Deploy', 2))) },
  notApplicable: { 'it only builds': stages(source, stage(action('Build'))) },
  trap: {
    'in the stage, at the same time': fail(stages(source, stage(action('Approval'), action('Deploy')))),
    'in the stage, after': fail(stages(source, stage(action('Deploy', 1), action('Approval', 2)))),
    'in the stage, after some': fail(stages(source, stage(action('Deploy', 1), action('Approval', 2), action('Deploy', 3)))),
    'an empty list of conditions': fail(stages(source, { ...deploy, BeforeEntry: { Conditions: [] } })),
    'a condition before': pass(stages(source, { ...stage(action('Test')), BeforeEntry: { Conditions: [{ Result: 'FAIL' }] } }, deploy)),
    'in one branch': fail(stages(source, ifProd(approve), deploy), { message: /nobody approves.*IsProd is false/ }),
    'nothing at all': notApplicable(stages(source, approve)),
  },
});

const key = (Id: unknown) => ({ Location: 'b', Type: 'S3', EncryptionKey: { Id, Type: 'KMS' } });
const own = { Key: { Type: 'AWS::KMS::Key' } };
verdicts(customerKey, {
  pass: { 'a key': pipeline({ ArtifactStore: key({ 'Fn::GetAtt': ['Key', 'Arn'] }) }, own), 'in each Region': pipeline({ ArtifactStores: [{ Region: 'eu-west-1', ArtifactStore: key('arn:aws:kms:eu-west-1:111111111111:key/1') }] }) },
  fail: { 'none': pipeline({ ArtifactStore: { Location: 'b', Type: 'S3' } }), 'no store': pipeline() },
  unknown: { 'by parameter': pipeline({ ArtifactStore: key(P) }), 'stores by a macro': pipeline({ ArtifactStores: MACRO }) },
  trap: {
    'the key that AWS manages': fail(pipeline({ ArtifactStore: key('arn:aws:kms:eu-west-1:111111111111:alias/aws/s3') })),
    'in one Region of two': fail(pipeline({ ArtifactStores: [{ ArtifactStore: key({ Ref: 'Key' }) }, { ArtifactStore: { Location: 'b', Type: 'S3' } }] }, own)),
  },
});
