import { all, any, applies, not, Property, ResourceReader, rule, Truth, when } from './kernel';
import { samEvents } from './shared/sam-events';

const METHOD = 'AWS::ApiGateway::Method';
const FUNCTION = 'AWS::Serverless::Function';
const VALIDATOR = 'AWS::ApiGateway::RequestValidator';

/** Some pair of an object answers yes. */
function somePair(place: Property, check: (key: string, value: Property) => Truth): Truth {
  const { items, open } = place.entries();
  return any([...items.map(({ key, value }) => check(key, value)), ...open === undefined ? [] : [Truth.unknown(open)]], 'there is none');
}

/** The model `Empty`, which every API has, fits everything. */
const saysSomething = (model: Property) => (model.target() ? Truth.YES : model.isNot('Empty'));

/** Parameters in the path are always there, whatever a method requires. */
const inQueryOrHeader = (name: string) => Truth.of(/^method\.request\.(querystring|multivaluequerystring|header|multivalueheader)\./.test(name), 'it is in the path');

function validates(method: ResourceReader, what: 'ValidateRequestBody' | 'ValidateRequestParameters'): Truth {
  const id = method.get('RequestValidatorId');
  const validator = id.target();
  if (validator?.type === VALIDATOR) return validator.get(what).isTrue().because(`the request validator does not say ${what}`);
  const present = id.isPresent().because('the method has no request validator');
  return present.yes ? Truth.unknown('the request validator is not among the templates given') : present;
}

export const modelsEnforced = rule({
  id: 'ApiGateway.ModelsEnforced',
  resourceTypes: [METHOD, FUNCTION],
  title: 'Requests that do not fit the model of a method are refused',
  severity: 'medium',
  criteria: { direct: ['PI1.2'], supporting: ['CC6.6'] },
  rationale: 'A model or a required parameter that no validator enforces only looks like a check of inputs: requests that break it still reach the back end.',
  remediation: {
    l2: 'requestValidatorOptions: { validateRequestBody: true, validateRequestParameters: true }',
    cfn: 'RequestValidatorId of a validator with ValidateRequestBody and ValidateRequestParameters',
  },
  sources: [
    'Amazon API Gateway developer guide, "Request validation for REST APIs in API Gateway"', 'AWS::ApiGateway::Method, RequestParameters: the value says whether it is required',
  ],
  check: (resource) => {
    if (resource.type === FUNCTION) {
      const { items, open } = samEvents(resource, ['Api']);
      const modelled = items.map((event) => event.get('RequestModel')).filter((model) => !model.missing);
      if (!modelled.length && open === undefined) return Truth.skip('no API event of the function names a model');
      return all(...modelled.map((model) => model.get('ValidateBody').isTrue()), ...open === undefined ? [] : [Truth.unknown(open)]);
    }
    const body = somePair(resource.get('RequestModels'), (_type, model) => saysSomething(model));
    const parameters = somePair(resource.get('RequestParameters'), (name, required) => all(inQueryOrHeader(name), required.isTrue()));
    return applies(any([body, parameters]), 'the method declares no model and requires no parameter', () => all(
      when(body, () => validates(resource, 'ValidateRequestBody')), when(parameters, () => validates(resource, 'ValidateRequestParameters')),
    ));
  },
});

/** Every site, or every one of a scheme; SAM writes the values of REST APIs in quotes. */
const everySite = (origin: Property) => origin.matches(/^'?(\*|https?:\/\/\*)'?$/, '*');

export const corsCredentials = rule({
  id: 'ApiGateway.CorsCredentials',
  resourceTypes: ['AWS::ApiGatewayV2::Api', 'AWS::Serverless::HttpApi', 'AWS::Serverless::Api'],
  title: 'Not every web site may call with the credentials of its visitors',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'With every origin and credentials allowed, any page that a signed-in user visits can read data from the API in that user\'s name.',
  remediation: { construct: 'SecureHttpApi', l2: 'corsPreflight: { allowOrigins: [\'https://example.com\'], allowCredentials: true }', cfn: 'CorsConfiguration with named AllowOrigins, or without AllowCredentials' },
  sources: ['Amazon API Gateway developer guide, "Configure CORS for HTTP APIs in API Gateway": * and https://* allow any origin'],
  check: (api) => {
    const rest = api.type === 'AWS::Serverless::Api';
    const cors = api.get(rest ? 'Cors' : 'CorsConfiguration');
    return applies(cors.isPresent(), 'no other web site may call', () => {
      // In short, as a text or true, it allows no credentials.
      if (cors.scalar !== undefined) return cors.seen() && Truth.YES;
      return not(all(cors.get('AllowCredentials').isTrue(), cors.get(rest ? 'AllowOrigin' : 'AllowOrigins').some(everySite)),
        'every web site may call with the credentials of its visitors');
    });
  },
});
