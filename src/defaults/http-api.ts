import { defaults } from './default';

const GUIDE = 'Amazon API Gateway developer guide';

/** Secure defaults of an HTTP API and its stages. */
export const httpApiDefaults = defaults({
  authorization: {
    value: 'AWS_IAM',
    provenBy: ['ApiGateway.Authorization'],
    criteria: ['CC6.1', 'CC6.6'],
    source: 'AWS::ApiGatewayV2::Route, AuthorizationType: NONE by default',
    reason: 'A route answers whom a policy names, unless an authorizer is given.',
  },
  corsPreflight: {
    value: 'no credentials for every site',
    provenBy: ['ApiGateway.CorsCredentials'],
    criteria: ['CC6.6'],
    source: `${GUIDE}, "Configure CORS for HTTP APIs in API Gateway": https://* allows any origin`,
    reason: 'A page that a signed-in user visits cannot read data in that user\'s name.',
  },
  disableExecuteApiEndpoint: {
    value: 'with a custom domain',
    provenBy: ['ApiGateway.DefaultEndpointDisabled'],
    criteria: ['CC6.6'],
    source: 'AWS::ApiGatewayV2::Api, DisableExecuteApiEndpoint',
    reason: 'The address that AWS gives goes around what stands in front of the domain.',
  },
  accessLogs: {
    value: true,
    provenBy: ['ApiGateway.AccessLogs'],
    criteria: ['CC7.2', 'CC7.3', 'PI1.2'],
    source: 'AWS::ApiGatewayV2::Stage AccessLogSettings: none by default; AWS Security Hub APIGateway.9',
    reason: 'Who called what and from where can be told afterwards.',
  },
  accessLogFormat: {
    value: 'JSON',
    provenBy: ['ApiGateway.StructuredLogs'],
    criteria: ['CC7.2'],
    source: `${GUIDE}, "Customize HTTP API access logs"`,
    reason: 'Logs can be searched and alarmed on without parsing.',
  },
  detailedMetricsEnabled: {
    value: true,
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Monitor CloudWatch metrics for HTTP APIs": by route only when enabled, and billed`,
    reason: 'An alarm can tell one route that fails from the many that do not.',
  },
  throttlingRateLimit: {
    value: 1000,
    provenBy: ['ApiGateway.Throttling'],
    criteria: ['A1.1', 'CC6.6'],
    source: `${GUIDE}, "Throttle requests to your HTTP APIs": 10,000 a second for all APIs of an account and region`,
    reason: 'One API cannot use up what all those of the account have together.',
  },
  throttlingBurstLimit: {
    value: 500,
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Throttle requests to your HTTP APIs": 5,000 for all APIs of an account and region`,
    reason: 'A tenth of what the account has, as with the rate.',
  },
});
