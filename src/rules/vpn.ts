import { all, not, Property, ResourceReader, rule, Truth } from './kernel';

const CONNECTION = ['AWS::EC2::VPNConnection'];

export const clientVpnLogging = rule({
  id: 'VPC.ClientVpnLogging',
  resourceTypes: ['AWS::EC2::ClientVpnEndpoint'],
  title: 'Client VPN connections are logged',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC6.1', 'CC6.6'] },
  rationale: 'The log shows who came into the network from outside and who tried in vain.',
  remediation: { l2: 'logging: true', cfn: 'ConnectionLogOptions: { Enabled: true }' },
  configRule: 'EC2_CLIENT_VPN_CONNECTION_LOG_ENABLED',
  sources: ['AWS::EC2::ClientVpnEndpoint, ConnectionLogOptions'],
  check: (endpoint) => endpoint.get('ConnectionLogOptions.Enabled').isTrue(),
});

export const clientVpnGroups = rule({
  id: 'VPC.ClientVpnGroups',
  resourceTypes: ['AWS::EC2::ClientVpnAuthorizationRule'],
  title: 'Client VPN access is given to groups',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'A rule for all clients gives everyone who connects the same reach, whatever their work needs.',
  remediation: { l2: 'groupId of addAuthorizationRule()', cfn: 'AccessGroupId' },
  configRule: 'EC2_CLIENT_VPN_NOT_AUTHORIZE_ALL',
  sources: ['AWS::EC2::ClientVpnAuthorizationRule, AuthorizeAllGroups'],
  check: (access) => not(access.get('AuthorizeAllGroups').isTrue(), 'the rule authorizes all clients'),
});

const TUNNELS = 2;

/** Every tunnel of a connection answers yes: it has two, and AWS takes its defaults for one that is not described. */
function everyTunnel(connection: ResourceReader, check: (tunnel: Property) => Truth): Truth {
  const options = connection.get('VpnTunnelOptionsSpecifications');
  return all(options.every(check), options.count(TUNNELS).because('the options of both tunnels are not given, so AWS takes its defaults'));
}

export const vpnTunnelLogging = rule({
  id: 'VPC.VpnTunnelLogging',
  resourceTypes: CONNECTION,
  title: 'Site-to-site VPN tunnels are logged',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC6.6'] },
  rationale: 'The log shows when a tunnel was set up, with which algorithms, and which attempts failed.',
  remediation: { cfn: 'VpnTunnelOptionsSpecifications of both tunnels with LogOptions: { CloudwatchLogOptions: { LogEnabled: true, LogGroupArn } }' },
  configRule: 'EC2_VPN_CONNECTION_LOGGING_ENABLED',
  sources: ['AWS Security Hub EC2.171', 'AWS Site-to-Site VPN user guide, "AWS Site-to-Site VPN logs"'],
  check: (connection) => everyTunnel(connection, (tunnel) => tunnel.get('LogOptions.CloudwatchLogOptions.LogEnabled').isTrue()),
});

/** What a tunnel must not accept. Where a list is absent AWS accepts all of its values. */
const WEAK: Readonly<Record<string, readonly (string | number)[]>> = {
  IKEVersions: ['ikev1'],
  Phase1IntegrityAlgorithms: ['SHA1'],
  Phase2IntegrityAlgorithms: ['SHA1'],
  Phase1DHGroupNumbers: [2],
  Phase2DHGroupNumbers: [2, 5],
};

export const vpnTunnelEncryption = rule({
  id: 'VPC.VpnTunnelEncryption',
  resourceTypes: CONNECTION,
  title: 'Site-to-site VPN tunnels accept strong algorithms only',
  severity: 'medium',
  criteria: { direct: ['CC6.7'], supporting: ['CC6.6'] },
  rationale: 'By default a tunnel agrees to IKEv1, SHA-1 and small Diffie-Hellman groups, so the weaker side decides how well traffic between sites is protected.',
  remediation: {
    cfn: 'VpnTunnelOptionsSpecifications of both tunnels with IKEVersions: [{ Value: ikev2 }], Phase1 and Phase2IntegrityAlgorithms without SHA1 and '
      + 'Phase1 and Phase2DHGroupNumbers from 14 on',
  },
  sources: ['AWS Site-to-Site VPN user guide, "Tunnel options for your AWS Site-to-Site VPN connection"', 'NIST SP 800-77 Rev. 1'],
  check: (connection) => everyTunnel(connection, (tunnel) => all(...Object.entries(WEAK).map(([list, weak]) => {
    const accepted = tunnel.get(list);
    return all(
      accepted.count(1).because(`${list} is not given, so AWS accepts all values`),
      not(accepted.some((one) => one.get('Value').oneOf(weak)), `${list} holds ${weak.join(' or ')}`),
    );
  }))),
});
