import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { makeSharedAccount, waitForAccount } from './api-account';
import { accessLogFormat, stageProps } from './v2-stage';
import { restApiDefaults } from '../../defaults/rest-api';
import { SecureLogGroup } from '../logging/secure-log-group';
import { Hardening } from '../support/hardening';

const FORMAT = accessLogFormat({
  eventType: '$context.eventType',
  routeKey: '$context.routeKey',
  connectionId: '$context.connectionId',
  status: '$context.status',
  error: '$context.error.message',
});

/** Secure properties of a stage of a WebSocket API. Like those of REST APIs, it logs by the setting of the account. */
export const webSocketStageHardening: Hardening<apigatewayv2.WebSocketStageProps> = {
  injectionId: apigatewayv2.WebSocketStage.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    makeSharedAccount(scope);
    return stageProps(props, () => new SecureLogGroup(scope, `${id}AccessLogs`), FORMAT);
  },
  complete: (made) => {
    const stage = made as apigatewayv2.WebSocketStage;
    waitForAccount(stage, stage.api);
    const cfn = stage.node.defaultChild as apigatewayv2.CfnStage;
    // The L2 knows no level. One that is set here already was asked for.
    const { loggingLevel } = stage.stack.resolve(cfn.defaultRouteSettings) as apigatewayv2.CfnStage.RouteSettingsProperty;
    if (loggingLevel === undefined) cfn.addPropertyOverride('DefaultRouteSettings.LoggingLevel', restApiDefaults.loggingLevel.value);
  },
};
