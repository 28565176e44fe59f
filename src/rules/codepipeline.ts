import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, Property, rule, Truth, when } from './kernel';
import { ownKey } from './shared/own-key';
import { placesAt } from './shared/places';

const PIPELINE = ['AWS::CodePipeline::Pipeline'];

const is = (action: Property, category: string): Truth => action.get('ActionTypeId.Category').is(category);
const deploys = (stage: Property): Truth => stage.get('Actions').some((action) => is(action, 'Deploy'), 'the stage has no action');
const order = (action: Property): Property => action.get('RunOrder').awsDefault(awsDefaults['AWS::CodePipeline::Pipeline.Stages.Actions.RunOrder']);

/** A person approves in the stage, or conditions hold at its entry. */
function gated(stage: Property): Truth {
  return any([stage.get('Actions').some((action) => is(action, 'Approval')), stage.get('BeforeEntry.Conditions').isPresent()]);
}

/** Within the stage itself, the approval must run before what deploys. */
function gatedBefore(stage: Property): Truth {
  const actions = stage.get('Actions');
  return any([stage.get('BeforeEntry.Conditions').isPresent(), actions.some((approval) => all(is(approval, 'Approval'), actions.every((action) => when(is(action, 'Deploy'), () => {
    const before = order(approval).seen();
    return before.scalar === undefined ? before.openTruth() : order(action).atLeast(Number(before.scalar) + 1);
  }))))]);
}

export const manualApproval = rule({
  id: 'CodePipeline.ManualApproval',
  resourceTypes: PIPELINE,
  title: 'Somebody approves before the last deployment',
  severity: 'low',
  criteria: { direct: ['CC8.1'] },
  rationale: 'An approval in the pipeline is a record of who let a change into production. Teams that approve in the review of the change have theirs elsewhere.',
  remediation: { l2: 'new ManualApprovalAction(…), or ManualApprovalStep', cfn: 'an action of category Approval, or BeforeEntry conditions, before the last stage that deploys' },
  sources: ['AWS CodePipeline user guide, "Add a manual approval action to a stage" and "How do stage conditions work?"'],
  onByDefault: false,
  check: (pipeline) => {
    const { items: stages, open } = pipeline.get('Stages').list();
    const more = open === undefined ? [] : [pipeline.get('Stages').openTruth()];
    return applies(any([...stages.map(deploys), ...more]), 'the pipeline deploys nothing', () => all(...stages.map((stage, at) => {
      const last = all(deploys(stage), not(any(stages.slice(at + 1).map(deploys)), 'a later stage deploys'));
      return when(last, () => any([...stages.slice(0, at).map(gated), gatedBefore(stage)]).because('nobody approves before the last stage that deploys'));
    }), ...more));
  },
});

export const customerKey = rule({
  id: 'CodePipeline.CustomerKey',
  resourceTypes: PIPELINE,
  title: 'Artifacts are encrypted with a named KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC8.1', 'C1.1'] },
  rationale: 'Artifacts are encrypted with the AWS managed key of S3 unless a key is named, whose policy says who may read what is released.',
  remediation: { construct: 'EncryptionKey', l2: 'artifactBucket with encryptionKey', cfn: 'ArtifactStore: { EncryptionKey: { Id, Type: KMS } }' },
  sources: ['AWS::CodePipeline::Pipeline ArtifactStore, EncryptionKey: the default key for Amazon S3 without it'],
  onByDefault: false,
  check: (pipeline) => {
    const stores = ['ArtifactStore', 'ArtifactStores[].ArtifactStore'].flatMap((path) => placesAt(pipeline, path)).filter((store) => !store.missing);
    const named = any([pipeline.get('ArtifactStore').isPresent(), pipeline.get('ArtifactStores').isPresent()]).because('no artifact store is named');
    return all(named, ...stores.map((store) => ownKey(store.get('EncryptionKey.Id'), 's3')));
  },
});
