import { all, any, applies, both, not, Property, ResourceReader, rule, Rule, RuleSpec, Statement, Truth } from './kernel';

/** SAM writes the trust policy of the roles that it makes, unless it is given one. */
const SAM_FUNCTION = 'AWS::Serverless::Function';
const TRUST = ['AWS::IAM::Role', SAM_FUNCTION];

function trustRule(spec: Omit<RuleSpec, 'resourceTypes'>): Rule {
  const check: RuleSpec['check'] = (role, model) => (role.type !== SAM_FUNCTION ? spec.check(role, model)
    : applies(role.get('AssumeRolePolicyDocument').isPresent(), 'SAM writes the trust policy of its role', () => spec.check(role, model)));
  return rule({ ...spec, resourceTypes: TRUST, check });
}

const trustOf = (role: ResourceReader) => role.get('AssumeRolePolicyDocument').policy();

/** An external id is a shared secret of a kind: with it the role is not open to whoever is trusted with the account. */
const EXTERNAL_ID = 'sts:externalid';

export const trustNotPublic = trustRule({
  id: 'IAM.TrustNotPublic',
  title: 'Role cannot be assumed by everyone',
  severity: 'critical',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3', 'CC6.6'] },
  rationale: 'A trust policy that names * lets any AWS account take the role, unless a condition binds the caller.',
  remediation: { l2: 'assumedBy with a named principal', cfn: 'AssumeRolePolicyDocument whose Allow statements name their principals' },
  sources: ['IAM user guide, "AWS JSON policy elements: Principal"'],
  check: (role) => not(trustOf(role).allowsEveryone(EXTERNAL_ID), 'the trust policy lets everyone take the role'),
});

export const trustNamed = trustRule({
  id: 'IAM.TrustNamed',
  title: 'Trust policy names principals and actions',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'A trust policy that says who may not come, or allows every sts action, lets in more than anybody reviewed.',
  remediation: { l2: 'assumedBy', cfn: 'Principal and Action: sts:AssumeRole in place of NotPrincipal, NotAction, * and sts:*' },
  sources: ['IAM user guide, "AWS JSON policy elements: NotPrincipal"'],
  check: (role) => trustOf(role).none('Allow', (statement) => any([
    statement.usesNot('NotPrincipal', 'NotAction'), statement.someAction((action) => action === '*' || action === '*:*' || action === 'sts:*'),
  ]), 'a statement allows every action, or all but a list'),
});

/** The account of the stack, where the synthesis says it. */
const accountOfStack = (role: ResourceReader): string | undefined => role.resource.template.context.account;

/** A statement trusts another account, or with `whole` only an account as such, and no condition says who of it comes. */
function trustsOtherAccount(role: ResourceReader, whole: boolean, ...alsoBy: readonly string[]): Truth {
  const own = accountOfStack(role);
  return trustOf(role).some('Allow', (statement) => both(statement.principal().ofOtherAccount(own, whole),
    () => not(statement.narrowed(EXTERNAL_ID, ...alsoBy), 'a condition binds the caller')));
}

const trustsAnother = (role: ResourceReader): Truth =>
  trustOf(role).some('Allow', (statement) => statement.principal().ofOtherAccount(accountOfStack(role)));

const DEPUTY = 'IAM user guide, "The confused deputy problem": an external id for third parties';

export const crossAccountTrustBound = trustRule({
  id: 'IAM.CrossAccountTrustBound',
  title: 'Trust in another account as a whole has a condition',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.6'] },
  rationale: 'A role that trusts an account as a whole leaves it to that account who comes, and a vendor that serves many customers can be talked into coming for another one. Named roles, an external id or a condition on the caller decide it here.',
  remediation: { l2: 'new AccountPrincipal(…) with externalIds, or ArnPrincipal of a role', cfn: 'a Condition on sts:ExternalId, aws:PrincipalOrgID or aws:PrincipalArn, or the ARN of a role as Principal' },
  sources: [DEPUTY, 'IAM user guide, "Access to AWS accounts owned by third parties"'],
  check: (role) => applies(trustsAnother(role), 'it trusts no other account', () =>
    not(trustsOtherAccount(role, true, 'aws:multifactorauthpresent'), 'a statement trusts another account as a whole, with no condition on who comes')),
});

export const crossAccountTrustConditioned = trustRule({
  id: 'IAM.CrossAccountTrustConditioned',
  title: 'Trust in another account asks for an external id or the organization',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1', 'CC6.6'] },
  rationale: 'A named role of another account is named by its ARN alone: who is its owner, and for whom it acts, only a condition tells. Inside of an organization that is often known well enough.',
  remediation: { l2: 'externalIds, or PrincipalWithConditions', cfn: 'a Condition on sts:ExternalId or aws:PrincipalOrgID' },
  sources: [DEPUTY],
  onByDefault: false,
  check: (role) => applies(trustsAnother(role), 'it trusts no other account', () =>
    not(trustsOtherAccount(role, false), 'a statement trusts another account with no condition on who comes')),
});

/** CDK's older construct makes a custom resource. */
const OIDC_PROVIDERS = ['AWS::IAM::OIDCProvider', 'Custom::AWSCDKOpenIdConnectProvider'];

function fromOidcProvider(statement: Statement): Truth {
  return statement.principal().kind('Federated', (item) => {
    const provider = item.target();
    if (provider) return Truth.of(OIDC_PROVIDERS.includes(provider.type), 'another kind of provider');
    return any([item.includes('oidc-provider/'), item.includes('token.actions.githubusercontent.com')]);
  });
}

export const oidcSubjectBound = trustRule({
  id: 'IAM.OidcSubjectBound',
  title: 'Web-identity trust names who may come',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.6', 'CC8.1'] },
  rationale: 'A provider such as GitHub signs tokens for all of its customers: without a condition on the subject any repository in the world may take the role.',
  remediation: { l2: 'new OpenIdConnectPrincipal(provider, { StringEquals: { \'…:sub\': … } })', cfn: 'a Condition on <provider>:sub with named subjects' },
  sources: ['IAM user guide, "Create a role for OpenID Connect federation"', 'GitHub documentation, "Configuring OpenID Connect in Amazon Web Services"'],
  check: (role) => applies(trustOf(role).some('Allow', fromOidcProvider), 'it trusts no OpenID Connect provider', () => trustOf(role).none(
    'Allow',
    (statement) => both(fromOidcProvider(statement), () => not(bindsSubject(statement), 'the subject is bound')),
    'a statement trusts a provider without naming the subject',
  )),
});

const SUBJECT = /:(sub|repository|repository_id|repository_owner|repository_owner_id|job_workflow_ref|project_path|namespace_path)$/;

/**
 * What stands before the name of an owner in the subjects of known providers. A wildcard before the name has ended reaches other owners:
 * `repo:acme*` is `acme-evil` too.
 */
const EVERY_SUBJECT = /^[*?]|^(repo|organization|project_path|namespace_path):[^/:]*[*?]|^system:serviceaccount:[*?]+:[*?]+$/;

/** A condition on `<provider>:sub` (or GitHub's and GitLab's own claims) that does not let every subject through. */
function bindsSubject(statement: Statement): Truth {
  // Every token has a subject, so that a condition "for all values" binds it, too.
  return statement.conditions().binds((key) => SUBJECT.test(key), (_key, item) => item.matches(EVERY_SUBJECT, 'every subject'))
    .because('no condition on the subject');
}

/** Identity providers that serve everybody, by the claim that tells whose application it is. */
const PUBLIC_PROVIDERS: Readonly<Record<string, string>> = {
  'cognito-identity.amazonaws.com': 'cognito-identity.amazonaws.com:aud', 'accounts.google.com': 'accounts.google.com:aud',
  'graph.facebook.com': 'graph.facebook.com:app_id', 'www.amazon.com': 'www.amazon.com:app_id',
};

export const identityPoolBound = trustRule({
  id: 'IAM.WebIdentityAudienceBound',
  title: 'Trust in a public identity provider names the application',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.6'] },
  rationale: 'Cognito identity pools, Google, Facebook and Amazon sign tokens for everybody: without a condition on the audience the users of any pool or application in the world may take the role.',
  remediation: { l2: 'new WebIdentityPrincipal(\'cognito-identity.amazonaws.com\', { StringEquals: { \'cognito-identity.amazonaws.com:aud\': pool.ref } })', cfn: 'a Condition on cognito-identity.amazonaws.com:aud, or the provider\'s own claim' },
  sources: ['Amazon Cognito developer guide, "IAM roles": role trust and permissions', 'IAM user guide, "Create a role for a third-party Identity Provider"'],
  check: (role) => {
    const trusts = (statement: Statement, provider: string): Truth => statement.principal().kind('Federated', (item) => item.is(provider));
    const providers = Object.entries(PUBLIC_PROVIDERS);
    const some = trustOf(role).some('Allow', (statement) => any(providers.map(([provider]) => trusts(statement, provider))));
    return applies(some, 'it trusts no public identity provider', () => trustOf(role).none('Allow', (statement) => any(providers.map(([provider, claim]) =>
      both(trusts(statement, provider), () => not(statement.conditions().binds((key) => key === claim), 'the audience is bound')))),
    'a statement trusts a public identity provider without naming the application'));
  },
});

export const oidcAudienceBound = trustRule({
  id: 'IAM.OidcAudienceBound',
  title: 'Web-identity trust names the audience',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1'] },
  rationale: 'The provider\'s own list of audiences is checked first; the trust policy repeats it, for the day on which somebody lengthens that list.',
  remediation: { l2: 'new OpenIdConnectPrincipal(provider, { StringEquals: { \'…:aud\': \'sts.amazonaws.com\' } })', cfn: 'a Condition on <provider>:aud' },
  sources: ['IAM user guide, "Create a role for OpenID Connect federation"'],
  onByDefault: false,
  check: (role) => applies(trustOf(role).some('Allow', fromOidcProvider), 'it trusts no OpenID Connect provider', () => trustOf(role).none('Allow',
    (statement) => both(fromOidcProvider(statement), () => not(statement.conditions().binds((key) => key.endsWith(':aud')), 'the audience is bound')),
    'a statement trusts a provider without naming the audience')),
});

/** Services that tell for whom they act when they take a role, by AWS's own pages on the confused deputy. */
const TELLING = new Set([
  'appstream', 'batch', 'bedrock', 'codebuild', 'config', 'datasync', 'dms', 'ecs-tasks', 'events', 'firehose', 'forecast', 'fis', 'glue', 'iot', 'logs',
  'monitoring.rds', 'osis-pipelines', 'personalize', 'pipes', 'scheduler', 'ssm', 'states', 'transfer', 'vpc-flow-logs',
]);

const tells = (item: Property): Truth => {
  const { scalar } = item;
  if (typeof scalar !== 'string') return item.missing ? Truth.no('no service') : item.openTruth();
  item.seen();
  return Truth.of(TELLING.has(scalar.replace(/\.amazonaws\.com(\.cn)?$/, '')), 'the service does not tell for whom it acts');
};

export const serviceTrustBound = trustRule({
  id: 'IAM.ServiceTrustBound',
  title: 'Trust in a service names for whom it acts',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1'] },
  rationale: 'A service acts for all of its customers. Roles cannot be passed between accounts, which is why few bind their services; where the service tells the source, a condition makes sure.',
  remediation: { l2: 'new ServicePrincipal(…).withConditions({ StringEquals: { \'aws:SourceAccount\': … } })', cfn: 'a Condition on aws:SourceAccount or aws:SourceArn' },
  sources: ['IAM user guide, "The confused deputy problem": cross-service confused deputy prevention'],
  onByDefault: false,
  check: (role) => {
    const trusts = (statement: Statement): Truth => statement.principal().kind('Service', tells);
    return applies(trustOf(role).some('Allow', trusts), 'it trusts no service that tells for whom it acts', () => trustOf(role).none('Allow',
      (statement) => both(trusts(statement), () => not(statement.narrowed(), 'a condition binds the source')), 'a statement trusts a service for whomever it acts'));
  },
});

export const rolesAnywhereTrustBound = trustRule({
  id: 'IAM.RolesAnywhereTrustBound',
  title: 'Trust in IAM Roles Anywhere names the trust anchor or the certificate',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.6'] },
  rationale: 'Without a condition every certificate of every trust anchor in the account may take the role, the next anchor\'s included.',
  remediation: { l2: 'new ServicePrincipal(\'rolesanywhere.amazonaws.com\').withConditions(…)', cfn: 'a Condition on aws:SourceArn (the trust anchor) or aws:PrincipalTag/x509Subject/CN' },
  sources: ['IAM Roles Anywhere user guide, "Trust model": trust policy'],
  check: (role) => {
    const trusts = (statement: Statement): Truth => statement.principal().kind('Service', (item) => item.is('rolesanywhere.amazonaws.com'));
    return applies(trustOf(role).some('Allow', trusts), 'it does not trust IAM Roles Anywhere', () => trustOf(role).none('Allow', (statement) => all(
      trusts(statement),
      not(statement.narrowed(), 'the trust anchor is named'),
      not(statement.conditions().binds((key) => key.startsWith('aws:principaltag/x509')), 'the certificate is named'),
    ), 'a statement trusts every certificate of every trust anchor'));
  },
});
