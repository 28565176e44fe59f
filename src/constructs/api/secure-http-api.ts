import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { httpApiHardening, httpStageHardening } from './http-api-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { httpApiDefaults as d } from '../../defaults/http-api';
import { hardened } from '../support/hardening';
import { uphold, Upheld } from '../support/uphold';

/** Properties of a `SecureHttpApi`. Those of `apigatewayv2.HttpApi` keep their meaning; where they are left out, the secure default stands. */
export interface SecureHttpApiProps extends apigatewayv2.HttpApiProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/**
 * An HTTP API (API Gateway) whose routes answer callers with IAM credentials unless given another authorizer, and whose stages log and limit
 * requests.
 *
 * AWS WAF cannot protect HTTP APIs: for an API that everyone can call take `SecureRestApi`, or put CloudFront in front of it.
 *
 * Supports CC6.1, CC6.6, CC7.2, CC7.3, A1.1 and PI1.2. Billed: the shared key of logs (1 USD a month for the stack), ingestion and storage of
 * logs, and metrics by route.
 */
export class SecureHttpApi extends apigatewayv2.HttpApi {
  /** @throws Error when a property weakens a claim without an opt-out, e.g. CORS with credentials for every site. */
  constructor(scope: Construct, id: string, props: SecureHttpApiProps = {}) {
    const secure = hardened(httpApiHardening, scope, id, props);
    super(scope, id, secure);
    httpApiHardening.complete!(this, secure);
    const { allowCredentials, allowOrigins = [] } = props.corsPreflight ?? {};
    const everySite = allowOrigins.find((origin) => /^(\*|https?:\/\/\*)$/.test(origin));
    const { disableExecuteApiEndpoint: disabled } = secure;
    const stage = this.defaultStage?.node.defaultChild as apigatewayv2.CfnStage | undefined;
    uphold(this, 'SecureHttpApi', props.optOuts, [
      {
        resource: this.node.defaultChild as apigatewayv2.CfnApi,
        upheld: [
          ...props.corsPreflight ? [{ by: d.corsPreflight, weakened: Boolean(allowCredentials) && everySite !== undefined && `corsPreflight with credentials for ${everySite}` }] : [],
          ...props.defaultDomainMapping || disabled ? [{ by: d.disableExecuteApiEndpoint, weakened: isOff(disabled) && 'disableExecuteApiEndpoint: false' }] : [],
        ],
      },
      ...stage ? [{ resource: stage, upheld: stageClaims(true) }] : [],
    ]);
  }

  /**
   * Adds a stage that logs and limits requests as the default stage does, unless told otherwise.
   *
   * @param id the id of the stage below the API
   * @param options as for any stage
   */
  public addStage(id: string, options: apigatewayv2.HttpStageOptions): apigatewayv2.HttpStage {
    const secure = hardened(httpStageHardening, this, id, { ...options, httpApi: this });
    const stage = new apigatewayv2.HttpStage(this, id, secure);
    const json = /^\s*\{[\s\S]*\}\s*$/.test(secure.accessLogSettings!.format!.toString());
    uphold(stage, 'SecureHttpApi', undefined, [{ resource: stage.node.defaultChild as apigatewayv2.CfnStage, upheld: stageClaims(json) }]);
    return stage;
  }
}

function stageClaims(json: boolean): Upheld[] {
  return [{ by: d.accessLogs }, ...json ? [{ by: d.accessLogFormat }] : [], { by: d.throttlingRateLimit }];
}
