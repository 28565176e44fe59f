import { all, applies, both, not, Property, ResourceReader, rule, Rule, Statement, Truth } from './kernel';
import { notPublic } from './shared/resource-policy';

/** Where a type holds the policy of a resource. Whether the document stands there as an object or as JSON text makes no difference. */
type Places = Readonly<Record<string, string>>;

interface Published {
  readonly id: string;
  /** What the policy is of, as the end of "policy of …". */
  readonly of: string;
  /** What somebody from outside could do. */
  readonly harm: string;
  readonly places: Places;
  readonly source: string;
  readonly severity?: Rule['severity'];
}

/** The policy of a resource must not be for everyone. Nothing else of it is asked. */
function notPublicPolicy({ id, of, harm, places, source, severity = 'high' }: Published): Rule {
  return rule({
    id,
    resourceTypes: Object.keys(places),
    title: `Policy of ${of} allows no unbounded principal`,
    severity,
    criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['CC6.3'] },
    rationale: `A statement that allows everyone, with no condition on who calls, lets any AWS account ${harm}.`,
    remediation: { cfn: `${Object.values(places)[0]} whose Allow statements name their principals or bind them, by aws:PrincipalOrgID for one` },
    sources: [source, 'IAM user guide, "AWS JSON policy elements: Principal"'],
    check: (resource) => {
      const document = resource.get(places[resource.type]);
      return applies(document.isPresent(), 'it has no policy', () => notPublic(document));
    },
  });
}

const EVENTS_GUIDE = 'Amazon EventBridge user guide, "Permissions for event buses in Amazon EventBridge"';

/** What stands in a policy's place but is no document of statements: one statement, or the parts of one. */
function busStatement(policy: ResourceReader): Truth {
  const { statement, open } = oneStatement(policy.get('Statement'));
  if (open) return open;
  if (statement) {
    return both(statement.effect('Allow'), () => all(statement.principal().everyone(), not(statement.narrowed(), 'a condition narrows the callers')));
  }
  // The older way: the account and the organization in properties of their own.
  return all(policy.get('Principal').is('*'), not(both(policy.get('Condition.Key').is('aws:PrincipalOrgID'), () => named(policy.get('Condition.Value'))), 'an organization is named'));
}

const named = (place: Property): Truth => all(place.isPresent(), not(place.is('*'), 'every value'));

function oneStatement(place: Property): { statement?: Statement; open?: Truth } {
  if (place.missing) return {};
  const document = place.policy().document;
  return document.isMap ? { statement: new Statement(document) } : { open: document.openTruth() };
}

export const eventBusPolicy = rule({
  id: 'Events.BusPolicyNotPublic',
  resourceTypes: ['AWS::Events::EventBusPolicy', 'AWS::Events::EventBus'],
  title: 'Policy of an event bus allows no unbounded principal',
  severity: 'high',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['CC6.3', 'PI1.2'] },
  rationale: 'A bus that everyone may write to takes forged events from any AWS account, and acts on them.',
  remediation: { l2: 'EventBus.grantPutEventsTo()', cfn: 'Statement whose Principal is an account, or with a Condition on aws:PrincipalOrgID' },
  sources: [EVENTS_GUIDE, 'AWS::Events::EventBusPolicy, Principal and Condition'],
  check: (resource) => {
    if (resource.type === 'AWS::Events::EventBusPolicy') return not(busStatement(resource), 'everyone may put events on the bus, with no condition on who calls');
    return applies(resource.get('Policy').isPresent(), 'it has no policy', () => notPublic(resource.get('Policy')));
  },
});

export const eventSchemas = notPublicPolicy({
  id: 'Events.RegistryPolicyNotPublic', of: 'a schema registry', harm: 'read or change the schemas of events',
  places: { 'AWS::EventSchemas::RegistryPolicy': 'Policy' }, source: 'Amazon EventBridge user guide, "Resource-based policies for Amazon EventBridge Schemas"', severity: 'medium',
});

export const kinesis = notPublicPolicy({
  id: 'Kinesis.PolicyNotPublic', of: 'a data stream', harm: 'read the stream or write to it', places: { 'AWS::Kinesis::ResourcePolicy': 'ResourcePolicy' },
  source: 'Amazon Kinesis Data Streams developer guide, "Sharing your data stream with another account"',
});

export const s3Vectors = notPublicPolicy({
  id: 'S3Vectors.PolicyNotPublic', of: 'a vector bucket', harm: 'read or change the vectors', places: { 'AWS::S3Vectors::VectorBucketPolicy': 'Policy' },
  source: 'Amazon S3 user guide, "Managing vector bucket policies"',
});

export const s3Express = notPublicPolicy({
  id: 'S3Express.PolicyNotPublic', of: 'a directory bucket', harm: 'read or change its objects',
  places: { 'AWS::S3Express::BucketPolicy': 'PolicyDocument', 'AWS::S3Express::AccessPoint': 'Policy' },
  source: 'Amazon S3 user guide, "Authorizing Regional endpoint APIs with IAM"',
});

export const s3ObjectLambda = notPublicPolicy({
  id: 'S3ObjectLambda.PolicyNotPublic', of: 'an Object Lambda access point', harm: 'read objects through it',
  places: { 'AWS::S3ObjectLambda::AccessPointPolicy': 'PolicyDocument' }, source: 'Amazon S3 user guide, "Configuring IAM policies for Object Lambda Access Points"',
});

export const s3Outposts = notPublicPolicy({
  id: 'S3Outposts.PolicyNotPublic', of: 'a bucket or access point on Outposts', harm: 'read or change its objects',
  places: { 'AWS::S3Outposts::BucketPolicy': 'PolicyDocument', 'AWS::S3Outposts::AccessPoint': 'Policy' }, source: 'Amazon S3 on Outposts user guide, "Setting up IAM with S3 on Outposts"',
});

export const lattice = notPublicPolicy({
  id: 'VpcLattice.ResourcePolicyNotPublic', of: 'a shared service or service network', harm: 'associate with it',
  places: { 'AWS::VpcLattice::ResourcePolicy': 'Policy' }, source: 'Amazon VPC Lattice user guide, "Share your VPC Lattice entities"',
});

export const mediaStore = notPublicPolicy({
  id: 'MediaStore.PolicyNotPublic', of: 'a container', harm: 'read or replace what is stored', places: { 'AWS::MediaStore::Container': 'Policy' },
  source: 'AWS Elemental MediaStore user guide, "Container policies"',
});

export const ingestion = notPublicPolicy({
  id: 'OpenSearchIngestion.PolicyNotPublic', of: 'an ingestion pipeline', harm: 'write to the pipeline', places: { 'AWS::OSIS::Pipeline': 'ResourcePolicy.Policy' },
  source: 'AWS::OSIS::Pipeline, ResourcePolicy',
});

export const sink = notPublicPolicy({
  id: 'OAM.SinkPolicyNotPublic', of: 'a sink of metrics and logs', harm: 'send its telemetry there', places: { 'AWS::Oam::Sink': 'Policy' },
  source: 'Amazon CloudWatch user guide, "CloudWatch cross-account observability"', severity: 'medium',
});

export const tracing = notPublicPolicy({
  id: 'XRay.PolicyNotPublic', of: 'traces', harm: 'write traces into the account', places: { 'AWS::XRay::ResourcePolicy': 'PolicyDocument' },
  source: 'AWS::XRay::ResourcePolicy', severity: 'medium',
});

export const redshiftNamespace = notPublicPolicy({
  id: 'Redshift.NamespacePolicyNotPublic', of: 'a namespace', harm: 'have data shares and integrations point at it',
  places: { 'AWS::Redshift::Cluster': 'NamespaceResourcePolicy', 'AWS::RedshiftServerless::Namespace': 'NamespaceResourcePolicy' }, source: 'AWS::Redshift::Cluster, NamespaceResourcePolicy',
});

export const prometheus = notPublicPolicy({
  id: 'APS.PolicyNotPublic', of: 'a workspace of metrics', harm: 'read or write metrics', places: { 'AWS::APS::ResourcePolicy': 'PolicyDocument' },
  source: 'AWS::APS::ResourcePolicy', severity: 'medium',
});

export const lex = notPublicPolicy({
  id: 'Lex.PolicyNotPublic', of: 'a bot', harm: 'talk to the bot or read what was said', places: { 'AWS::Lex::ResourcePolicy': 'Policy' }, source: 'Amazon Lex V2 developer guide, "Resource-based policies"',
});

export const agentCore = notPublicPolicy({
  id: 'BedrockAgentCore.PolicyNotPublic', of: 'an agent runtime or gateway', harm: 'run the agent or call its tools',
  places: { 'AWS::BedrockAgentCore::ResourcePolicy': 'Policy' }, source: 'Amazon Bedrock AgentCore developer guide, "Resource-based policies"',
});

export const organization = notPublicPolicy({
  id: 'Organizations.ResourcePolicyNotPublic', of: 'the organization', harm: 'administer what was delegated', places: { 'AWS::Organizations::ResourcePolicy': 'Content' },
  source: 'AWS Organizations user guide, "Resource-based policy for AWS Organizations"',
});
