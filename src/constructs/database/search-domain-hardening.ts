import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { Construct } from 'constructs';
import { isOff } from '../../declarations/declare';
import { searchDomainDefaults as d } from '../../defaults/search-domain';
import { SecureLogGroup } from '../logging/secure-log-group';
import { EncryptionKey } from '../security/encryption-key';
import { Hardening } from '../support/hardening';
import { capacityOf, volumesOf } from '../support/search-capacity';
import { admitSearchLogs, searchLogsPolicy } from '../support/search-logs';
import { storeSecurityGroup } from '../support/store-network';

/** Secure properties of an OpenSearch domain. */
export const searchDomainHardening: Hardening<opensearch.DomainProps> = {
  injectionId: opensearch.Domain.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    const secure: opensearch.DomainProps = {
      ...props,
      ...capacityOf(props),
      ebs: volumesOf(props),
      encryptionAtRest: encryptionOf(scope, props),
      nodeToNodeEncryption: props.nodeToNodeEncryption ?? (has(props, 6.0) ? d.nodeToNodeEncryption.value : undefined),
      enforceHttps: props.enforceHttps ?? d.enforceHttps.value,
      tlsSecurityPolicy: props.tlsSecurityPolicy ?? opensearch.TLSSecurityPolicy.TLS_1_2_PFS,
      securityGroups: props.securityGroups ?? (props.vpc && [storeSecurityGroup(scope, `${id}DomainSecurityGroup`, props.vpc, `${scope.node.path}/${id}`)]),
      enableAutoSoftwareUpdate: props.enableAutoSoftwareUpdate ?? d.autoSoftwareUpdate.value,
      offPeakWindowEnabled: props.offPeakWindowEnabled ?? d.offPeakWindow.value,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    };
    const fineGrainedAccessControl = accessControlOf(scope, id, secure);
    const logging = loggingOf(scope, id, secure, fineGrainedAccessControl !== undefined || Boolean(props.useUnsignedBasicAuth));
    const groups = groupsOf(logging);
    if (props.suppressLogsResourcePolicy === undefined && groups.length > 0) admitSearchLogs(scope, groups);
    return { ...secure, fineGrainedAccessControl, logging, suppressLogsResourcePolicy: props.suppressLogsResourcePolicy ?? true };
  },
  complete: (made) => {
    const domain = made as opensearch.Domain;
    const policy = searchLogsPolicy(domain);
    if (policy) domain.node.defaultChild!.node.addDependency(policy);
    const role = adminRoleOf(domain);
    if (role) domain.grantReadWrite(role);
  },
};

/** The role that was made to be the master user of a domain. */
export function adminRoleOf({ node }: opensearch.Domain): iam.Role | undefined {
  return node.scope!.node.tryFindChild(adminId(node.id)) as iam.Role | undefined;
}

/** What a version of Elasticsearch has from there on, all versions of OpenSearch have. */
function has({ version: { version } }: opensearch.DomainProps, since: number): boolean {
  return !version.startsWith('Elasticsearch_') || parseFloat(version.slice('Elasticsearch_'.length)) >= since;
}

/** It has fine-grained access control, and with it audit logs. */
export function hasAccessControl(props: opensearch.DomainProps): boolean {
  return has(props, 6.7);
}

function encryptionOf(scope: Construct, props: opensearch.DomainProps): opensearch.EncryptionAtRestOptions | undefined {
  const given = props.encryptionAtRest;
  if (isOff(given?.enabled) || !has(props, 5.1)) return given;
  return { enabled: given?.enabled ?? d.encryptionAtRest.value, kmsKey: given?.kmsKey ?? EncryptionKey.shared(scope, 'data') };
}

/** OpenSearch Service has fine-grained access control only where all data and traffic are encrypted. */
function accessControlOf(scope: Construct, id: string, secure: opensearch.DomainProps): opensearch.AdvancedSecurityOptions | undefined {
  const given = secure.fineGrainedAccessControl;
  const encrypted = !isOff(secure.encryptionAtRest?.enabled) && !isOff(secure.nodeToNodeEncryption) && !isOff(secure.enforceHttps);
  // With a password instead of requests that are signed, the L2 makes the master user.
  const named = given?.masterUserArn !== undefined || given?.masterUserName !== undefined || Boolean(secure.useUnsignedBasicAuth);
  return named || !encrypted || !hasAccessControl(secure) ? given : { ...given, masterUserArn: adminRole(scope, id).roleArn };
}

/** Whom IAM policies of the account let assume it: nobody, at first. */
function adminRole(scope: Construct, id: string): iam.Role {
  return new iam.Role(scope, adminId(id), {
    description: `master user of the search domain ${scope.node.path}/${id}`,
    assumedBy: new iam.AccountRootPrincipal(),
    maxSessionDuration: Duration.hours(1),
  });
}

function adminId(id: string): string {
  return `${id}MasterUser`;
}

function loggingOf(scope: Construct, id: string, secure: opensearch.DomainProps, audited: boolean): opensearch.LoggingOptions | undefined {
  const given = secure.logging ?? {};
  if (!has(secure, 5.1)) return secure.logging;
  const group = (name: string, enabled: boolean, existing?: logs.ILogGroupRef): logs.ILogGroupRef | undefined =>
    existing ?? (enabled ? new SecureLogGroup(scope, `${id}${name}`) : undefined);
  const [audit, app] = [given.auditLogEnabled ?? (audited || undefined), given.appLogEnabled ?? true];
  const [search, index] = [given.slowSearchLogEnabled ?? true, given.slowIndexLogEnabled ?? true];
  return {
    auditLogEnabled: audit,
    auditLogGroup: group('AuditLogs', audit ?? false, given.auditLogGroup),
    appLogEnabled: app,
    appLogGroup: group('AppLogs', app, given.appLogGroup),
    slowSearchLogEnabled: search,
    slowSearchLogGroup: group('SlowSearchLogs', search, given.slowSearchLogGroup),
    slowIndexLogEnabled: index,
    slowIndexLogGroup: group('SlowIndexLogs', index, given.slowIndexLogGroup),
  };
}

/** The log groups that a domain writes to. */
function groupsOf(logging: opensearch.LoggingOptions = {}): logs.ILogGroupRef[] {
  const { auditLogEnabled, appLogEnabled, slowSearchLogEnabled, slowIndexLogEnabled } = logging;
  return [
    auditLogEnabled ? logging.auditLogGroup : undefined, appLogEnabled ? logging.appLogGroup : undefined,
    slowSearchLogEnabled ? logging.slowSearchLogGroup : undefined, slowIndexLogEnabled ? logging.slowIndexLogGroup : undefined,
  ].filter((group) => group !== undefined);
}
