import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { Construct } from 'constructs';
import { adminRoleOf, hasAccessControl, searchDomainHardening } from './search-domain-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { searchDomainDefaults as d } from '../../defaults/search-domain';
import { privateSubnets } from '../support/database-subnets';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';
import { refusalOf } from '../support/search-capacity';
import { networkClaims } from '../support/store-network';
import { uphold, Upheld } from '../support/uphold';

/** Properties of a `SecureSearchDomain`. Those of `opensearchservice.Domain` keep their meaning; where they are left out, the secure default stands. */
export interface SecureSearchDomainProps extends opensearch.DomainProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/**
 * An OpenSearch domain in private subnets of up to three zones: encrypted with a customer managed key, reached over HTTPS only, with fine-grained
 * access control and audit logs, three data nodes and three that manage them.
 *
 * A VPC has to be given. Unless told otherwise the master user is an IAM role, `adminRole`, whom nobody may assume until an IAM policy of the account
 * says so. Nobody may connect at first: `domain.connections.allowDefaultPortFrom(service)` opens the port, `domain.grantReadWrite(role)` lets requests
 * of a role in, and a role of the domain, to which the master user maps it, says what it may do.
 *
 * Supports CC6.1, CC6.3, CC6.6, CC6.7, CC7.1, CC7.2, CC7.3, CC9.1, A1.1, A1.2 and C1.1. Billed: three data nodes and three master nodes with their
 * volumes (two and three in a VPC of two zones), the shared keys (1 USD a month each for the stack), and logs.
 */
export class SecureSearchDomain extends opensearch.Domain {
  /** The master user, unless `fineGrainedAccessControl` names another. */
  public readonly adminRole?: iam.Role;

  /**
   * @throws Error when a property weakens a claim without an opt-out, when there is no VPC or only public subnets, or when OpenSearch Service would refuse
   * the number of nodes.
   */
  constructor(scope: Construct, id: string, props: SecureSearchDomainProps) {
    refuse(scope, id, refusalOfPlace(props));
    const secure = hardened(searchDomainHardening, scope, id, props);
    refuse(scope, id, refusalOf(secure));
    super(scope, id, secure);
    searchDomainHardening.complete!(this, secure);
    this.adminRole = adminRoleOf(this);
    uphold(this, 'SecureSearchDomain', props.optOuts, [{
      resource: this.node.defaultChild as opensearch.CfnDomain,
      upheld: [...encryptionClaims(props, secure), ...accessClaims(props, secure), ...capacityClaims(props, secure)],
    }]);
  }
}

function refuse(scope: Construct, id: string, why: string | undefined): void {
  if (why !== undefined) throw new Error(`SecureSearchDomain at ${scope.node.path}/${id}: ${why}`);
}

function refusalOfPlace(props: SecureSearchDomainProps): string | undefined {
  const { version, vpc, vpcSubnets, optOuts } = props;
  if (!hasAccessControl(props)) return `version ${version.version} has no fine-grained access control; take OpenSearch, or Elasticsearch 6.7 or later`;
  if (!vpc && !optOuts?.some(({ rule }) => rule === 'OpenSearch.InVpc')) {
    return 'without vpc it has an endpoint on the internet; give one, or optOuts: [OptOut.of(\'OpenSearch.InVpc\', { reason: \'…\' })]';
  }
  return vpc && !vpcSubnets && !privateSubnets(vpc) ? 'the VPC has neither isolated nor private subnets; add some, or give vpcSubnets' : undefined;
}

/** What keeps data from being encrypted, as the user wrote it. */
function plainlyOf(props: opensearch.DomainProps): { data?: string; nodes?: string; requests?: string } {
  return {
    data: isOff(props.encryptionAtRest?.enabled) ? 'encryptionAtRest: { enabled: false }' : undefined,
    nodes: isOff(props.nodeToNodeEncryption) ? 'nodeToNodeEncryption: false' : undefined,
    requests: isOff(props.enforceHttps) ? 'enforceHttps: false' : undefined,
  };
}

function encryptionClaims(props: SecureSearchDomainProps, secure: opensearch.DomainProps): Upheld[] {
  const { data, nodes, requests } = plainlyOf(props);
  const key = secure.encryptionAtRest?.kmsKey;
  const old = props.tlsSecurityPolicy === opensearch.TLSSecurityPolicy.TLS_1_0;
  return [
    { by: d.encryptionAtRest, weakened: data },
    // Nothing here knows whose key it is when it comes from elsewhere.
    ...key && !isOwnKey(key) ? [] : [{ by: d.encryptionKey, weakened: data }],
    { by: d.nodeToNodeEncryption, weakened: nodes },
    { by: d.enforceHttps, weakened: requests },
    { by: d.tlsSecurityPolicy, weakened: old && `tlsSecurityPolicy: ${props.tlsSecurityPolicy}` },
  ];
}

function accessClaims(props: SecureSearchDomainProps, secure: opensearch.DomainProps): Upheld[] {
  const { data, nodes, requests } = plainlyOf(props);
  const { vpc, securityGroups } = props;
  const logging = props.logging ?? {};
  const slow = [isOff(logging.slowSearchLogEnabled) && 'slowSearchLogEnabled', isOff(logging.slowIndexLogEnabled) && 'slowIndexLogEnabled'].find(Boolean);
  // Fine-grained access control, and with it the audit log, is there only where everything is encrypted.
  const open = secure.fineGrainedAccessControl === undefined ? data ?? nodes ?? requests : undefined;
  return [
    { by: d.vpc, weakened: !vpc && 'no vpc' },
    ...vpc ? networkClaims(d, { vpc, vpcSubnets: publicSelection(props), securityGroups }) : [],
    { by: d.fineGrainedAccessControl, weakened: open },
    { by: d.auditLogs, weakened: open ?? (isOff(logging.auditLogEnabled) && 'logging: { auditLogEnabled: false }') },
    { by: d.errorLogs, weakened: isOff(logging.appLogEnabled) && 'logging: { appLogEnabled: false }' },
    { by: d.slowLogs, weakened: slow !== undefined && `logging: { ${slow}: false }` },
  ];
}

/** One of the selections that holds public subnets, if any does. */
function publicSelection({ vpc, vpcSubnets = [] }: opensearch.DomainProps): ec2.SubnetSelection | undefined {
  return vpcSubnets.find((selection) => vpc!.selectSubnets(selection).hasPublic);
}

function capacityClaims(props: SecureSearchDomainProps, secure: opensearch.DomainProps): Upheld[] {
  const { dataNodes, masterNodes = 0 } = secure.capacity!;
  const given = props.capacity;
  const [single, unled] = [!secure.zoneAwareness!.enabled, !Token.isUnresolved(masterNodes) && masterNodes < d.masterNodes.value];
  return [
    { by: d.dataNodes, weakened: single && (given?.dataNodes ? `capacity: { dataNodes: ${dataNodes} }` : props.zoneAwareness ? 'zoneAwareness: { enabled: false }' : 'subnets not known to lie in two zones') },
    { by: d.masterNodes, weakened: unled && (given?.masterNodes === undefined ? 'a single node' : `capacity: { masterNodes: ${masterNodes} }`) },
    { by: d.autoSoftwareUpdate, weakened: isOff(props.enableAutoSoftwareUpdate) && 'enableAutoSoftwareUpdate: false' },
  ];
}
