import { AspectPriority, Aspects } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { waitForAccount } from './api-account';
import { secureDomain } from './domain-name-hardening';
import { isPrivate, RequestValidation, restApiHardening, validatorOf } from './rest-api-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { restApiDefaults as d } from '../../defaults/rest-api';
import { SecureLogGroup } from '../logging/secure-log-group';
import { WebFirewall } from '../network/web-firewall';
import { hardened } from '../support/hardening';
import { Upheld, uphold } from '../support/uphold';

/** Properties of a `SecureRestApi`. Those of `apigateway.RestApi` keep their meaning; where they are left out, the secure default stands. */
export interface SecureRestApiProps extends apigateway.RestApiProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * The firewall in front of the stage. A private API has none.
   *
   * @default - the firewall that the stack shares
   */
  readonly webFirewall?: WebFirewall;
  /**
   * Whether there is a firewall in front of the stage.
   *
   * @default true - unless the API is private
   */
  readonly webFirewallEnabled?: boolean;
}

const { OFF } = apigateway.MethodLoggingLevel;

/**
 * A REST API (API Gateway) whose methods answer callers with IAM credentials unless given another authorizer, check requests against what they
 * declare, and stand behind a web firewall; its stage logs, traces and limits requests.
 *
 * Its log groups, including that of the execution logs, are encrypted and kept for a year.
 *
 * Supports CC6.1, CC6.6, CC6.7, CC7.2, CC7.3, A1.1, C1.1, PI1.2 and PI1.3. Billed: the shared firewall (10 USD a month for the stack, and requests),
 * the shared key of logs (1 USD a month for the stack), ingestion and storage of logs, metrics by method, and traces.
 */
export class SecureRestApi extends apigateway.RestApi {
  /** @throws Error when a property weakens a claim without an opt-out, e.g. `deployOptions: { dataTraceEnabled: true }`. */
  constructor(scope: Construct, id: string, props: SecureRestApiProps = {}) {
    const secure = hardened(restApiHardening, scope, id, props);
    super(scope, id, secure);
    Aspects.of(this).add(new RequestValidation(validatorOf(this)), { priority: AspectPriority.MUTATING });
    const stage = secure.deploy === false ? undefined : this.deploymentStage;
    const open = !isPrivate(secure);
    if (stage) {
      waitForAccount(stage, this);
      this.keepExecutionLogs(stage, secure.deployOptions!);
      if (!open) this.node.addValidation({ validate: () => this.unreachable() });
    }
    if (stage && open && !isOff(props.webFirewallEnabled)) (props.webFirewall ?? WebFirewall.shared(this)).protect(this, stage.stageArn);
    const domain = this.domainName?.node.defaultChild as apigateway.CfnDomainName | undefined;
    const { disableExecuteApiEndpoint: disabled } = secure;
    uphold(this, 'SecureRestApi', props.optOuts, [
      {
        resource: this.node.defaultChild as apigateway.CfnRestApi,
        upheld: [
          { by: d.requestValidator },
          ...domain || disabled ? [{ by: d.disableExecuteApiEndpoint, weakened: isOff(disabled) && 'disableExecuteApiEndpoint: false' }] : [],
        ],
      },
      ...domain ? [{ resource: domain, upheld: [{ by: d.securityPolicy, weakened: secure.domainName!.securityPolicy === 'TLS_1_0' && 'domainName: { securityPolicy: TLS_1_0 }' }] }] : [],
      ...stage ? [{
        resource: stage.node.defaultChild as apigateway.CfnStage,
        upheld: [
          ...stageClaims(secure.deployOptions!),
          ...open ? [{ by: d.webFirewall, weakened: isOff(props.webFirewallEnabled) && 'webFirewallEnabled: false' }] : [],
        ],
      }] : [],
    ]);
  }

  /**
   * Adds a custom domain, with TLS 1.2 unless told otherwise.
   *
   * @param id the id of the domain below the API
   * @param options as for any domain
   */
  public addDomainName(id: string, options: apigateway.DomainNameOptions): apigateway.DomainName {
    return super.addDomainName(id, secureDomain(options));
  }

  /** API Gateway refuses the deployment. Who may reach it can be said until synthesis. */
  private unreachable(): string[] {
    const { policy } = this.node.defaultChild as apigateway.CfnRestApi;
    return this.stack.resolve(policy) === undefined
      ? [`SecureRestApi at ${this.node.path}: is private, and no policy says who may reach it, so that it cannot be deployed; give policy, or call grantInvokeFromVpcEndpointsOnly()`] : [];
  }

  /** API Gateway would make the group itself, without a key, and keep it forever. */
  private keepExecutionLogs(stage: apigateway.Stage, { loggingLevel, methodOptions = {}, stageName = 'prod' }: apigateway.StageOptions): void {
    if (loggingLevel === OFF && Object.values(methodOptions).every((method) => method.loggingLevel === undefined || method.loggingLevel === OFF)) return;
    stage.node.addDependency(new SecureLogGroup(this, 'ExecutionLogs', { logGroupName: `API-Gateway-Execution-Logs_${this.restApiId}/${stageName}` }));
  }
}

function stageClaims(stage: apigateway.StageOptions): Upheld[] {
  const settings = [stage, ...Object.values(stage.methodOptions ?? {})];
  const some = (weak: (of: apigateway.MethodDeploymentOptions) => boolean | undefined): boolean => settings.some((of) => weak(of));
  const json = /^\s*\{[\s\S]*\}\s*$/.test(stage.accessLogFormat!.toString());
  return [
    { by: d.accessLogs },
    { by: d.accessLogFormat, weakened: !json && 'deployOptions: { accessLogFormat } that is not JSON' },
    { by: d.loggingLevel, weakened: some(({ loggingLevel }) => loggingLevel === OFF) && 'deployOptions: { loggingLevel: OFF }' },
    { by: d.dataTraceEnabled, weakened: some(({ dataTraceEnabled }) => dataTraceEnabled) && 'deployOptions: { dataTraceEnabled: true }' },
    { by: d.tracingEnabled, weakened: isOff(stage.tracingEnabled) && 'deployOptions: { tracingEnabled: false }' },
    { by: d.throttlingRateLimit },
    ...some(({ cachingEnabled }) => cachingEnabled)
      ? [{ by: d.cacheDataEncrypted, weakened: some(({ cacheDataEncrypted }) => isOff(cacheDataEncrypted)) && 'deployOptions: { cacheDataEncrypted: false }' }] : [],
  ];
}
