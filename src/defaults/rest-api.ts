import { defaults } from './default';

const GUIDE = 'Amazon API Gateway developer guide';

/** Secure defaults of a REST API and its stage. */
export const restApiDefaults = defaults({
  authorization: {
    value: 'AWS_IAM',
    provenBy: ['ApiGateway.Authorization'],
    criteria: ['CC6.1', 'CC6.6'],
    source: 'AWS::ApiGateway::Method, AuthorizationType: NONE in CDK',
    reason: 'A method answers whom a policy names, unless an authorizer is given.',
  },
  requestValidator: {
    value: 'body and parameters',
    provenBy: ['ApiGateway.RequestValidation'],
    criteria: ['PI1.2', 'CC6.6'],
    source: `${GUIDE}, "Request validation for REST APIs in API Gateway"`,
    reason: 'Models and required parameters of methods are enforced, and not only documented.',
  },
  endpointType: {
    value: 'REGIONAL',
    provenBy: [],
    criteria: [],
    source: 'AWS::ApiGateway::RestApi EndpointConfiguration: EDGE by default',
    reason: 'An edge endpoint is a CloudFront distribution that one cannot see or configure.',
  },
  disableExecuteApiEndpoint: {
    value: 'with a custom domain',
    provenBy: ['ApiGateway.DefaultEndpointDisabled'],
    criteria: ['CC6.6'],
    source: 'AWS::ApiGateway::RestApi, DisableExecuteApiEndpoint',
    reason: 'The address that AWS gives goes around what stands in front of the domain.',
  },
  securityPolicy: {
    value: 'TLS_1_2',
    provenBy: ['ApiGateway.DomainTls'],
    criteria: ['CC6.7'],
    source: `${GUIDE}, "Choose a security policy for your custom domain"`,
    reason: 'Versions before TLS 1.2 are broken.',
  },
  accessLogs: {
    value: true,
    provenBy: ['ApiGateway.AccessLogs'],
    criteria: ['CC7.2', 'CC7.3', 'PI1.2'],
    source: 'AWS::ApiGateway::Stage AccessLogSetting: none by default',
    reason: 'Who called what and from where can be told afterwards.',
  },
  accessLogFormat: {
    value: 'JSON',
    provenBy: ['ApiGateway.StructuredLogs'],
    criteria: ['CC7.2'],
    source: `${GUIDE}, "Set up CloudWatch API logging using the API Gateway console"`,
    reason: 'Logs can be searched and alarmed on without parsing.',
  },
  loggingLevel: {
    value: 'ERROR',
    provenBy: ['ApiGateway.ExecutionLogs'],
    criteria: ['CC7.2', 'CC7.3', 'PI1.3'],
    source: 'AWS::ApiGateway::Stage MethodSetting, LoggingLevel: OFF by default',
    reason: 'Why a request was refused or failed can be told afterwards.',
  },
  dataTraceEnabled: {
    value: false,
    provenBy: ['ApiGateway.NoDataTrace'],
    criteria: ['C1.1', 'CC6.1'],
    source: 'AWS::ApiGateway::Stage MethodSetting, DataTraceEnabled: not recommended for production',
    reason: 'Whole messages and tokens do not get into logs.',
  },
  tracingEnabled: {
    value: true,
    provenBy: ['ApiGateway.Tracing'],
    criteria: ['CC7.2', 'PI1.3'],
    source: 'AWS::ApiGateway::Stage, TracingEnabled: off by default',
    reason: 'Where a request spends its time and fails shows across services.',
  },
  metricsEnabled: {
    value: true,
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Amazon API Gateway dimensions and metrics": by method only when enabled, and billed`,
    reason: 'An alarm can tell one method that fails from the many that do not.',
  },
  throttlingRateLimit: {
    value: 1000,
    provenBy: ['ApiGateway.Throttling'],
    criteria: ['A1.1', 'CC6.6'],
    source: `${GUIDE}, "Throttle requests to your REST APIs": 10,000 a second for all APIs of an account and region`,
    reason: 'One API cannot use up what all those of the account have together.',
  },
  throttlingBurstLimit: {
    value: 500,
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Throttle requests to your REST APIs": 5,000 for all APIs of an account and region`,
    reason: 'A tenth of what the account has, as with the rate.',
  },
  cacheDataEncrypted: {
    value: true,
    provenBy: ['ApiGateway.CacheEncrypted'],
    criteria: ['CC6.1', 'C1.1'],
    source: 'AWS::ApiGateway::Stage MethodSetting, CacheDataEncrypted: false by default',
    reason: 'A cache holds copies of what the API answers.',
  },
  webFirewall: {
    value: true,
    provenBy: ['ApiGateway.WebAcl'],
    criteria: ['CC6.6'],
    source: 'AWS Security Hub APIGateway.4',
    reason: 'Known attacks are refused before they reach an application that everyone can call.',
  },
});
