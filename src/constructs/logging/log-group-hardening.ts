import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { logGroupDefaults as d } from '../../defaults/log-group';
import { EncryptionKey } from '../security/encryption-key';
import { Hardening, isHardened } from '../support/hardening';
import { admitLogs } from '../support/logs-key';

/** Groups of the class DELIVERY keep logs for two days and take no other retention. */
export function hasRetention({ logGroupClass }: logs.LogGroupProps): boolean {
  return logGroupClass !== logs.LogGroupClass.DELIVERY;
}

/** Secure properties of a log group. One whose creation is rolled back goes if it has a name, which the next try could not have otherwise. */
export const logGroupHardening: Hardening<logs.LogGroupProps> = {
  injectionId: logs.LogGroup.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    const encryptionKey = props.encryptionKey ?? EncryptionKey.shared(scope, 'logs');
    admitLogs(encryptionKey, Stack.of(scope));
    return {
      ...props,
      encryptionKey,
      // A plain one may be deployed already, and CDK has it keep logs for two years: what is older than one would be lost.
      retention: props.retention ?? (isHardened(scope, id) && hasRetention(props) ? d.retentionDays.value : undefined),
      removalPolicy: props.removalPolicy ?? (props.logGroupName === undefined ? RemovalPolicy.RETAIN : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE),
    };
  },
};
