import { all, any, applies, not, Property, ResourceReader, rule, Truth } from './kernel';
import { looksSecret } from './shared/secret-names';

const PERMISSION = ['AWS::Lambda::Permission'];

/** Asks the principal. The stack's own account, or a role or user of the templates, is named whatever its id turns out to be. */
function principal(permission: ResourceReader, check: (principal: Property) => Truth): Truth {
  const place = permission.get('Principal');
  const { value } = place;
  const named = place.target() !== undefined || (value.kind === 'unknown' && value.part.parameter === 'AWS::AccountId');
  return named ? Truth.no('the principal is named') : check(place);
}

const everyone = (permission: ResourceReader): Truth => principal(permission, (place) => place.is('*'));

const URL = ['AWS::Lambda::Url', 'AWS::Serverless::Function'];

export const notPublic = rule({
  id: 'Lambda.NotPublic',
  resourceTypes: PERMISSION,
  title: 'Function cannot be invoked by everyone',
  severity: 'critical',
  criteria: { direct: ['CC6.1', 'CC6.6'] },
  rationale: 'A permission for * without a source lets any AWS account, and through a URL anybody, run the function with its role\'s rights.',
  remediation: { l2: 'fn.grantInvoke(principal)', cfn: 'Principal of a service or an account, with SourceArn or SourceAccount' },
  configRule: 'LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED',
  nagRules: ['LambdaFunctionPublicAccessProhibited'],
  sources: ['AWS Lambda developer guide, "Using resource-based policies for Lambda"', 'AWS Security Hub Lambda.1'],
  check: (permission) => not(all(
    everyone(permission),
    ...['SourceArn', 'SourceAccount', 'PrincipalOrgID', 'EventSourceToken'].map((name) => permission.get(name).isAbsent()),
  ), 'everyone may invoke the function'),
});

export const namedPrincipal = rule({
  id: 'Lambda.NamedPrincipal',
  resourceTypes: PERMISSION,
  title: 'Permission names who may invoke the function',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.6'] },
  rationale: 'With * as the principal only a condition on the source stands between the function and every AWS account; a named service or account needs no such luck.',
  remediation: { l2: 'fn.grantInvoke(principal), or principal with organizationId', cfn: 'Principal of a service or an account, or * with PrincipalOrgID' },
  configRule: 'LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED',
  nagRules: ['LambdaFunctionPublicAccessProhibited'],
  sources: ['AWS Lambda developer guide, "Using resource-based policies for Lambda": PrincipalOrgID for an organization'],
  check: (permission) => any([not(everyone(permission), 'the principal is *'), permission.get('PrincipalOrgID').isPresent()]).because('the principal is *'),
});

export const permissionSource = rule({
  id: 'Lambda.PermissionSource',
  resourceTypes: PERMISSION,
  title: 'Permission of a service names the source',
  severity: 'medium',
  criteria: { direct: ['CC6.1'] },
  rationale: 'A service acts for all of its customers: without a source somebody else\'s bucket, topic or rule may have it call the function.',
  remediation: { l2: 'sourceArn or sourceAccount', cfn: 'SourceArn, SourceAccount or PrincipalOrgID' },
  sources: [
    'IAM user guide, "The confused deputy problem"',
    'AWS Lambda developer guide, "Granting function access to AWS services"',
    'AWS Security Hub Lambda.1: Amazon S3 needs AWS:SourceAccount',
    'Alexa Skills Kit documentation, "Host a Custom Skill as an AWS Lambda Function": alexa-appkit.amazon.com, bound to a skill by its ID',
  ],
  check: (permission) => applies(
    principal(permission, (place) => place.matches(/\.amazon(aws)?\.com(\.cn)?$/, 'a service')),
    'the principal is no AWS service',
    () => any([
      ...['SourceAccount', 'PrincipalOrgID', 'EventSourceToken'].map((name) => permission.get(name).isPresent()),
      // The ARN of a bucket holds no account: when the bucket is deleted, anybody may take its name.
      all(not(permission.get('Principal').startsWith('s3.'), 'S3 needs a source account'), permission.get('SourceArn').isPresent()),
      ...permission.get('Principal').startsWith('cloudformation.').yes ? [Truth.unknown('it is not documented which source CloudFormation names when it calls a macro')] : [],
    ]).because('no source binds the service (of S3, a source account must)'),
  ),
});

export const invokeOnly = rule({
  id: 'Lambda.InvokeOnly',
  resourceTypes: PERMISSION,
  title: 'Permission allows to invoke, and nothing else',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'Other actions, such as lambda:*, let the caller read or change the code or the settings of the function.',
  remediation: { l2: 'fn.grantInvoke(principal)', cfn: 'Action: lambda:InvokeFunction' },
  sources: ['AWS::Lambda::Permission, Action'],
  check: (permission) => permission.get('Action').oneOf(['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl']),
});

/** The settings of a function URL: a resource of its own, or a part of SAM's function. */
function urlSetting(resource: ResourceReader, path: string) {
  return resource.get(resource.type === 'AWS::Lambda::Url' ? path : `FunctionUrlConfig.${path}`);
}

function withUrl(resource: ResourceReader, check: () => Truth): Truth {
  return resource.type === 'AWS::Lambda::Url' ? check() : applies(resource.get('FunctionUrlConfig').isPresent(), 'the function has no URL', check);
}

export const urlIamAuth = rule({
  id: 'Lambda.UrlIamAuth',
  resourceTypes: URL,
  title: 'Function URL asks for IAM credentials',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.6'] },
  rationale: 'A URL without authentication is an endpoint on the internet that runs the function for anybody.',
  remediation: { l2: 'authType: FunctionUrlAuthType.AWS_IAM', cfn: 'AuthType: AWS_IAM' },
  nagRules: ['LambdaFunctionUrlAuth'],
  sources: ['AWS Lambda developer guide, "Control access to Lambda function URLs"'],
  check: (resource) => withUrl(resource, () => urlSetting(resource, 'AuthType').is('AWS_IAM')),
});

export const urlCors = rule({
  id: 'Lambda.UrlCors',
  resourceTypes: URL,
  title: 'Function URL does not answer pages of every site',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'With every origin allowed any web page may call the URL in its visitor\'s browser. Public interfaces may want that.',
  remediation: { l2: 'cors: { allowedOrigins }', cfn: 'Cors: { AllowOrigins } with named origins' },
  sources: ['AWS::Lambda::Url Cors'],
  onByDefault: false,
  check: (resource) => withUrl(resource, () => not(urlSetting(resource, 'Cors.AllowOrigins').some((origin) => origin.is('*')), 'every origin is allowed')),
});

export const layerNotPublic = rule({
  id: 'Lambda.LayerNotPublic',
  resourceTypes: ['AWS::Lambda::LayerVersionPermission'],
  title: 'Layer is not shared with every account',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'A public layer can be downloaded by anybody, with whatever code or configuration was packed into it.',
  remediation: { l2: 'layer.addPermission(\'…\', { accountId })', cfn: 'Principal of an account, or * with OrganizationId' },
  sources: ['AWS::Lambda::LayerVersionPermission, Principal and OrganizationId'],
  check: (permission) => any(
    [not(everyone(permission), 'the principal is *'), permission.get('OrganizationId').isPresent()],
  ).because('every account may use the layer'),
});

export const noEnvironmentSecrets = rule({
  id: 'Lambda.NoEnvironmentSecrets',
  resourceTypes: ['AWS::Lambda::Function', 'AWS::Serverless::Function'],
  title: 'Environment variables hold no credentials',
  severity: 'high',
  criteria: { direct: ['CC6.1'] },
  rationale: 'Environment variables stand in the template and are shown in the console to whoever may read the function.',
  remediation: { l2: 'secret.grantRead(fn), and read it at run time', cfn: 'the name of a secret in place of its value' },
  sources: ['AWS Lambda developer guide, "Securing Lambda environment variables": use Secrets Manager for credentials'],
  check: (fn) => {
    const variables = fn.get('Environment.Variables');
    return applies(variables.isPresent(), 'the function has no environment variables', () => {
      const { items, open } = variables.entries();
      return all(
        ...items.map(({ key, value }) => not(looksSecret(key, value), `variable ${key} holds a credential`)),
        ...open === undefined ? [] : [Truth.unknown(open)],
      );
    });
  },
});
