import { all, any, applies, both, Evaluation, not, ResourceReader, rule, Truth } from './kernel';
import { DATA_PORTS, groupOf, noRule, notReachable, PRIVATE_PORTS, RDP, rulesApart, servicesAmong, SSH, TrafficRules, trafficRules } from './shared/reach';

const GROUP = 'AWS::EC2::SecurityGroup';
const INGRESS = [GROUP, 'AWS::EC2::SecurityGroupIngress'];
const EGRESS = [GROUP, 'AWS::EC2::SecurityGroupEgress'];

const DATA_STORES = /^AWS::(RDS|Redshift|RedshiftServerless|DocDB|Neptune|ElastiCache|MemoryDB|DAX|OpenSearchService|Elasticsearch)::/;

const DIRECTIONS = ['Ingress', 'Egress'] as const;

const SOURCES = ['AWS::EC2::SecurityGroupIngress, IpProtocol: -1 allows traffic on all ports', 'Amazon VPC user guide, "Security group rules"'];

type Ask = (rules: TrafficRules) => Truth;

/**
 * What instances are attached to, and what AWS Config sees, is the group. So a rule in a resource of its own is judged with its group, and by
 * itself only where the templates do not hold that: one opening is one finding.
 */
function withItsGroup(resource: ResourceReader, model: Evaluation, then: () => Truth): Truth {
  const group = groupOf(resource, model);
  return group ? Truth.skip(`it is judged with its group ${group.logicalId}`) : then();
}

const ingress = (resource: ResourceReader, model: Evaluation, ask: Ask) => withItsGroup(resource, model, () => ask(trafficRules(resource, model, 'Ingress')));

/** A group without egress rules has AWS's: the question of what its rules say does not arise. */
function egress(resource: ResourceReader, model: Evaluation, ask: Ask): Truth {
  return withItsGroup(resource, model, () => {
    const rules = trafficRules(resource, model, 'Egress');
    const stated = rules.items.length ? Truth.YES : rules.open ? Truth.unknown(rules.open) : Truth.no('none');
    return applies(stated, 'the group states no egress rule; SecurityGroup.EgressStated judges that', () => ask(rules));
  });
}

export const noOpenAdminPorts = rule({
  id: 'SecurityGroup.NoOpenAdminPorts',
  resourceTypes: INGRESS,
  title: 'SSH and RDP are not open to the internet',
  severity: 'critical',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'Remote administration open to everyone leaves a password or key as the only thing between an attacker and the host.',
  remediation: {
    l2: 'connections.allowFrom() a bastion or a peer with a narrow range; Session Manager needs no open port',
    cfn: 'SecurityGroupIngress without 0.0.0.0/0 or ::/0 on ports 22 and 3389',
  },
  configRule: 'RESTRICTED_INCOMING_TRAFFIC',
  nagRules: ['EC2RestrictedSSH', 'EC2RestrictedCommonPorts'],
  sources: ['CIS AWS Foundations 5.2, 5.3', ...SOURCES],
  check: (resource, model) => ingress(resource, model, (rules) => notReachable(rules, [...SSH, ...RDP])),
});

export const noOpenSsh = rule({
  id: 'SecurityGroup.NoOpenSsh',
  resourceTypes: INGRESS,
  title: 'SSH is not open to the internet',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'SSH open to everyone is tried by every scanner of the internet. SecurityGroup.NoOpenAdminPorts says the same of SSH and RDP at once.',
  remediation: { l2: 'connections.allowFrom() a narrow peer', cfn: 'SecurityGroupIngress without 0.0.0.0/0 or ::/0 on port 22' },
  configRule: 'INCOMING_SSH_DISABLED',
  nagRules: ['EC2RestrictedSSH'],
  sources: SOURCES,
  check: (resource, model) => ingress(resource, model, (rules) => notReachable(rules, SSH)),
});

export const noOpenRdp = rule({
  id: 'SecurityGroup.NoOpenRdp',
  resourceTypes: INGRESS,
  title: 'Remote desktop is not open to the internet',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'Remote desktop open to everyone is a common way in for ransomware. SecurityGroup.NoOpenAdminPorts says the same of SSH and RDP at once.',
  remediation: { l2: 'connections.allowFrom() a narrow peer', cfn: 'SecurityGroupIngress without 0.0.0.0/0 or ::/0 on port 3389' },
  configRule: 'RESTRICTED_INCOMING_TRAFFIC',
  nagRules: ['EC2RestrictedCommonPorts'],
  sources: SOURCES,
  check: (resource, model) => ingress(resource, model, (rules) => notReachable(rules, RDP)),
});

export const noOpenHttp = rule({
  id: 'SecurityGroup.NoOpenHttp',
  resourceTypes: INGRESS,
  title: 'Plain HTTP is not open to the internet',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6', 'CC6.7'] },
  rationale: 'Port 80 invites unencrypted traffic. A load balancer may keep it open to redirect to HTTPS, so this is for those who do not want even that.',
  remediation: { l2: 'allow port 443 only', cfn: 'SecurityGroupIngress without 0.0.0.0/0 or ::/0 on port 80' },
  sources: SOURCES,
  check: (resource, model) => ingress(resource, model, (rules) => notReachable(rules, [80])),
});

export const noOpenDatabasePorts = rule({
  id: 'SecurityGroup.NoOpenDatabasePorts',
  resourceTypes: INGRESS,
  title: 'Database and cache ports are not open to the internet',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'A data store that everyone can connect to is one weak password away from disclosure of all it holds.',
  remediation: {
    l2: 'connections.allowDefaultPortFrom() the application',
    cfn: 'SecurityGroupIngress with SourceSecurityGroupId in place of 0.0.0.0/0 or ::/0',
  },
  configRule: 'RESTRICTED_INCOMING_TRAFFIC',
  nagRules: ['EC2RestrictedCommonPorts'],
  sources: SOURCES,
  check: (resource, model) => ingress(resource, model, (rules) => all(
    notReachable(rules, DATA_PORTS),
    noRule(rules, (one) => both(one.worldwide(), () => one.portOf(DATA_STORES)), () => 'lets the internet reach the port of a data store'),
  )),
});

export const noOpenHighRiskPorts = rule({
  id: 'SecurityGroup.NoOpenHighRiskPorts',
  resourceTypes: INGRESS,
  title: 'Remote control, file sharing, directory and broker ports are not open to the internet',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1', 'CC6.8'] },
  rationale: 'Services such as Telnet, WinRM, Docker, SMB, LDAP and Kafka were made for trusted networks: scanners look for them, and worms spread by them.',
  remediation: {
    l2: 'connections.allowFrom() the hosts that need the service',
    cfn: 'SecurityGroupIngress with SourceSecurityGroupId, or a narrow CIDR, in place of 0.0.0.0/0 or ::/0',
  },
  configRule: 'RESTRICTED_INCOMING_TRAFFIC',
  nagRules: ['EC2RestrictedCommonPorts'],
  sources: ['AWS Security Hub EC2.19', 'IANA Service Name and Transport Protocol Port Number Registry', ...SOURCES],
  check: (resource, model) => ingress(resource, model, (rules) => noRule(rules,
    (one) => both(one.worldwide(), () => one.coversSome(PRIVATE_PORTS)),
    (one) => `lets the internet reach ${one.opens} (${servicesAmong(PRIVATE_PORTS.filter((port) => one.covers(port).yes))})`)),
});

export const noOpenIngress = rule({
  id: 'SecurityGroup.NoOpenIngress',
  resourceTypes: INGRESS,
  title: 'Only web ports are open to the internet',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'Every port open to everyone is part of the boundary that has to be defended; beyond 80 and 443 of a public endpoint few have a reason.',
  remediation: {
    l2: 'connections.allowFrom() the security group of the caller',
    cfn: 'SecurityGroupIngress open to 0.0.0.0/0 or ::/0 on ports 80 and 443 only',
  },
  configRule: 'VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS',
  nagRules: ['EC2RestrictedInbound'],
  sources: ['AWS Security Hub EC2.18', ...SOURCES],
  check: (resource, model) => ingress(resource, model, (rules) => noRule(rules, (one) => both(one.worldwide(), () => all(
    not(any([one.isPort(443), one.isPort(80)]), 'a web port'),
    not(one.icmp(), 'ICMP has no ports'),
  )), (one) => `lets the internet reach ${one.opens}`)),
});

export const noWorldIngress = rule({
  id: 'SecurityGroup.NoWorldIngress',
  resourceTypes: INGRESS,
  title: 'Nothing is open to the internet',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'For networks that serve no one outside. Public load balancers fail it by design; SecurityGroup.NoOpenIngress leaves their web ports alone.',
  remediation: { l2: 'a peer narrower than Peer.anyIpv4() and Peer.anyIpv6()', cfn: 'SecurityGroupIngress without 0.0.0.0/0 and ::/0' },
  nagRules: ['EC2RestrictedInbound'],
  sources: SOURCES,
  check: (resource, model) => ingress(resource, model, (rules) => noRule(rules, (one) => one.worldwide(), () => 'lets the internet in')),
});

export const ingressProtocolNamed = rule({
  id: 'SecurityGroup.IngressProtocolNamed',
  resourceTypes: INGRESS,
  title: 'Ingress rules name their protocol',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'A rule for all protocols opens all ports to its source. Between groups of one application that can be a choice, so this is off by default.',
  remediation: { l2: 'Port.tcp() in place of Port.allTraffic()', cfn: 'SecurityGroupIngress with an IpProtocol other than -1' },
  sources: SOURCES,
  check: (resource, model) => ingress(resource, model, (rules) => noRule(
    rules, (one) => both(one.everyProtocol(), () => not(one.loopback(), 'loopback')), () => 'allows all protocols',
  )),
});

function noRanges(rules: TrafficRules): Truth {
  return noRule(rules, (one) => all(
    not(one.icmp(), 'ICMP has no ports'),
    not(all(not(one.everyProtocol(), 'all ports'), one.singlePort()), 'a single port'),
  ), () => 'allows a range of ports');
}

export const ingressSinglePorts = rule({
  id: 'SecurityGroup.IngressSinglePorts',
  resourceTypes: [...INGRESS, 'AWS::GameLift::Fleet'],
  title: 'Ingress rules name single ports',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'Ranges of ports tend to allow more than what listens. Some protocols need them, so this is off by default.',
  remediation: { l2: 'Port.tcp() in place of Port.tcpRange()', cfn: 'SecurityGroupIngress with FromPort equal to ToPort' },
  sources: SOURCES,
  check: (resource, model) => ingress(resource, model, noRanges),
});

export const ingressSingleHosts = rule({
  id: 'SecurityGroup.IngressSingleHosts',
  resourceTypes: INGRESS,
  title: 'Ingress from address blocks is for single hosts',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'A block of addresses may admit hosts that nobody meant. Networks of one\'s own are blocks too, so this is off by default.',
  remediation: { l2: 'a security group as the peer', cfn: 'SecurityGroupIngress with SourceSecurityGroupId, or with a CIDR of /32 or /128' },
  sources: SOURCES,
  check: (resource, model) => ingress(resource, model, (rules) => noRule(rules, (one) => one.manyAddresses(), () => 'allows more than one address')),
});

export const noWorldEgress = rule({
  id: 'SecurityGroup.NoWorldEgress',
  resourceTypes: EGRESS,
  title: 'Egress rules do not allow the whole internet',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6', 'CC6.7'] },
  rationale: 'Free egress lets a compromised host call out and carry data away. AWS and the CDK open it by default, and few networks can do without.',
  remediation: { l2: 'allowAllOutbound: false', cfn: 'SecurityGroupEgress without 0.0.0.0/0 and ::/0' },
  sources: SOURCES,
  check: (resource, model) => egress(resource, model, (rules) => noRule(rules, (one) => one.worldwide(), () => 'allows the whole internet')),
});

export const egressProtocolNamed = rule({
  id: 'SecurityGroup.EgressProtocolNamed',
  resourceTypes: EGRESS,
  title: 'Egress rules name their protocol',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'A rule for all protocols shows no decision on what may leave. AWS and the CDK write one by default.',
  remediation: { l2: 'allowAllOutbound: false', cfn: 'SecurityGroupEgress with an IpProtocol other than -1' },
  sources: SOURCES,
  check: (resource, model) => egress(resource, model, (rules) => noRule(
    rules, (one) => both(one.everyProtocol(), () => not(one.loopback(), 'loopback')), () => 'allows all protocols',
  )),
});

export const egressSinglePorts = rule({
  id: 'SecurityGroup.EgressSinglePorts',
  resourceTypes: EGRESS,
  title: 'Egress rules name single ports',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'Ranges of ports allow connections that nobody decided on. Egress is commonly left open, so this is off by default.',
  remediation: { l2: 'Port.tcp() in place of Port.tcpRange()', cfn: 'SecurityGroupEgress with FromPort equal to ToPort' },
  sources: SOURCES,
  check: (resource, model) => egress(resource, model, noRanges),
});

export const egressStated = rule({
  id: 'SecurityGroup.EgressStated',
  resourceTypes: [GROUP],
  title: 'Group states its egress rules',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'Without egress rules AWS allows everything out, and nothing shows that anybody decided so.',
  remediation: { l2: 'allowAllOutbound: false, with the rules that are needed', cfn: 'SecurityGroupEgress with at least one rule' },
  sources: ['AWS::EC2::SecurityGroup: without egress rules AWS adds rules that allow all outbound traffic'],
  check: (group, model) => {
    const inline = group.get('SecurityGroupEgress').count(1);
    return inline.yes ? inline : any([inline, Truth.of(rulesApart(group, model, 'Egress').length > 0, 'no rule stands apart')])
      .because('the group states no egress rule, so AWS allows all outbound traffic');
  },
});

export const ruleDescriptions = rule({
  id: 'SecurityGroup.RuleDescriptions',
  resourceTypes: [...INGRESS, EGRESS[1]],
  title: 'Rules have a description',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6', 'CC8.1'] },
  rationale: 'A reviewer of the firewall rules cannot tell whether one is still needed when nothing says what it is for.',
  remediation: { l2: 'the description argument of allowFrom()', cfn: 'Description of each rule' },
  sources: ['AWS::EC2::SecurityGroup Ingress, Description'],
  check: (resource, model) => (resource.type === GROUP
    ? all(...DIRECTIONS.flatMap((direction) => [
      resource.get(`SecurityGroup${direction}`).every((one) => one.get('Description').isPresent()),
      ...rulesApart(resource, model, direction).map((one) => one.get('Description').isPresent()),
    ]))
    : withItsGroup(resource, model, () => resource.get('Description').isPresent())),
});

const SAYS_SOMETHING = /\S\s*\S/;

export const groupDescription = rule({
  id: 'SecurityGroup.GroupDescription',
  resourceTypes: [GROUP],
  title: 'Group has a description',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6', 'CC8.1'] },
  rationale: 'A description tells a reviewer what the group is for. CloudFormation demands one, so this only finds empty and one-letter ones.',
  remediation: { l2: 'description', cfn: 'GroupDescription' },
  nagRules: ['EC2SecurityGroupDescription'],
  sources: ['AWS::EC2::SecurityGroup, GroupDescription'],
  check: (group) => {
    const description = group.get('GroupDescription');
    const written = description.parts.filter((part) => typeof part === 'string').join('');
    // What is written suffices whatever deployment puts beside it.
    return all(description.isPresent(), SAYS_SOMETHING.test(written) ? Truth.YES : description.matches(SAYS_SOMETHING, 'a text'));
  },
});
