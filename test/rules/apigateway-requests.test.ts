import { ifProd, MACRO, P, subject } from './cases';
import { Case, fail, notApplicable, pass, verdicts } from './verdicts';
import { corsCredentials, modelsEnforced } from '../../src/rules/apigateway-requests';

const method = subject('AWS::ApiGateway::Method', { HttpMethod: 'POST' });
const fn = subject('AWS::Serverless::Function');
const validator = (properties: object): Case => ({ Validator: { Type: 'AWS::ApiGateway::RequestValidator', Properties: properties }, Order: { Type: 'AWS::ApiGateway::Model' } });
const MODEL = { RequestModels: { 'application/json': { Ref: 'Order' } } };
const REQUIRED = { RequestParameters: { 'method.request.querystring.page': true } };
const BY = { RequestValidatorId: { Ref: 'Validator' } };
const BODY = validator({ ValidateRequestBody: true });
const PARAMETERS = validator({ ValidateRequestParameters: true });

verdicts(modelsEnforced, {
  pass: {
    'a model': method({ ...MODEL, ...BY }, BODY),
    'a required parameter': method({ ...REQUIRED, ...BY }, PARAMETERS),
    'both': method({ ...MODEL, ...REQUIRED, ...BY }, validator({ ValidateRequestBody: 'true', ValidateRequestParameters: 'true' })),
    'SAM': fn({ Events: { Put: { Type: 'Api', Properties: { RequestModel: { Model: 'Order', ValidateBody: true } } } } }),
  },
  fail: {
    'a model without a validator': method(MODEL, BODY),
    'a required parameter without one': method(REQUIRED, PARAMETERS),
    'a required header without one': method({ RequestParameters: { 'method.request.header.X-Tenant': 'true' } }),
    'SAM': fn({ Events: { Put: { Type: 'Api', Properties: { RequestModel: { Model: 'Order' } } } } }),
  },
  unknown: {
    'the validator is elsewhere': method({ ...MODEL, RequestValidatorId: 'abc' }),
    'what it validates is a parameter': method({ ...MODEL, ...BY }, validator({ ValidateRequestBody: P })),
    'the models are a macro': method({ RequestModels: MACRO }),
    'whether it is required is a parameter': method({ RequestParameters: { 'method.request.querystring.page': P } }),
    'SAM, the events are a macro': fn({ Events: MACRO }),
  },
  notApplicable: { 'neither': method(), 'the empty model': method({ RequestModels: { 'application/json': 'Empty' } }), 'SAM without a model': fn({ Events: { Get: { Type: 'Api' } } }) },
  trap: {
    'it validates the other part': fail(method({ ...MODEL, ...BY }, PARAMETERS)),
    'it validates one of both': fail(method({ ...MODEL, ...REQUIRED, ...BY }, BODY)),
    'it is turned off': fail(method({ ...MODEL, ...BY }, validator({ ValidateRequestBody: false }))),
    'an optional parameter': notApplicable(method({ RequestParameters: { 'method.request.querystring.page': false } })),
    'a parameter in the path': notApplicable(method({ RequestParameters: { 'method.request.path.id': true } })),
    'a model by name': fail(method({ RequestModels: { 'application/json': 'Order' } })),
    'a validator in production only': fail(method({ ...MODEL, RequestValidatorId: ifProd(BY.RequestValidatorId) }, BODY), { message: /IsProd is false/ }),
    'the empty model beside another': fail(method({ RequestModels: { 'text/plain': 'Empty', 'application/json': { Ref: 'Order' } } }, BODY)),
    'SAM, one event of two': fail(fn({ Events: { A: { Type: 'Api', Properties: { RequestModel: { ValidateBody: true } } }, B: { Type: 'Api', Properties: { RequestModel: { ValidateBody: false } } } } })),
  },
});

const http = subject('AWS::ApiGatewayV2::Api');
const cors = (AllowOrigins: unknown, AllowCredentials: unknown = true) => http({ CorsConfiguration: { AllowOrigins, AllowCredentials } });
const samApi = subject('AWS::Serverless::Api');
verdicts(corsCredentials, {
  pass: {
    'a site': cors(['https://example.com']),
    'every site, without credentials': cors(['*'], false),
    'every site, credentials not said': http({ CorsConfiguration: { AllowOrigins: ['*'] } }),
    'SAM, in short': samApi({ Cors: '\'*\'' }),
    'SAM HTTP, in short': subject('AWS::Serverless::HttpApi')({ CorsConfiguration: true }),
  },
  fail: { 'every site': cors(['*']), 'every site of a scheme': cors(['https://example.com', 'https://*']), 'SAM': samApi({ Cors: { AllowOrigin: '\'*\'', AllowCredentials: true } }) },
  unknown: { 'the sites are a parameter': cors(P), 'credentials are a parameter': cors(['*'], P) },
  notApplicable: { 'no other site': http() },
  trap: {
    'as text': fail(cors('*', 'true')),
    'every host of a domain is not every site': pass(cors(['https://*.example.com'])),
    'outside of production': fail(cors(ifProd(['https://example.com'], ['*'])), { message: /IsProd is false/ }),
    'a parameter beside every site': fail(cors([P, '*'])),
    'sites by parameter, without credentials': pass(cors(P, false)),
  },
});
