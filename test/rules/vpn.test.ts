import { ifProd, P, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/vpn';

const vpn = subject('AWS::EC2::ClientVpnEndpoint');
verdicts(rules.clientVpnLogging, {
  pass: { on: vpn({ ConnectionLogOptions: { Enabled: true, CloudwatchLogGroup: 'vpn' } }) },
  fail: { off: vpn({ ConnectionLogOptions: { Enabled: false } }), absent: vpn() },
  unknown: { 'a parameter': vpn({ ConnectionLogOptions: { Enabled: P } }) },
  trap: { 'a log group alone does nothing': fail(vpn({ ConnectionLogOptions: { CloudwatchLogGroup: 'vpn' } })) },
});

const access = subject('AWS::EC2::ClientVpnAuthorizationRule');
verdicts(rules.clientVpnGroups, {
  pass: { 'a group': access({ AccessGroupId: 'ops' }) },
  fail: { all: access({ AuthorizeAllGroups: true }) },
  unknown: { 'a parameter': access({ AuthorizeAllGroups: P }) },
  trap: { 'as text': fail(access({ AuthorizeAllGroups: 'true' })), 'a list where a value belongs': unknown(access({ AuthorizeAllGroups: [true] })) },
});

const make = subject('AWS::EC2::VPNConnection', { Type: 'ipsec.1', CustomerGatewayId: 'cgw-1' });
const tunnels = (...list: unknown[]) => make({ VpnTunnelOptionsSpecifications: list });

const logged = (enabled: unknown = true) => ({ LogOptions: { CloudwatchLogOptions: { LogEnabled: enabled, LogGroupArn: 'arn' } } });
verdicts(rules.vpnTunnelLogging, {
  pass: { 'both tunnels': tunnels(logged(), logged()) },
  fail: { 'none': make(), 'off': tunnels(logged(false), logged(false)) },
  unknown: { 'a parameter': tunnels(logged(), logged(P)), 'the whole list': make({ VpnTunnelOptionsSpecifications: { 'Fn::Transform': { Name: 'M' } } }) },
  trap: {
    'the first tunnel only is described': fail(tunnels(logged()), { message: /both tunnels/ }),
    'the second tunnel only is not logged': fail(tunnels(logged(), { PreSharedKey: 'x' })),
    'as text': pass(tunnels(logged('true'), logged('true'))),
    'a log group alone does nothing': fail(tunnels(logged(), { LogOptions: { CloudwatchLogOptions: { LogGroupArn: 'arn' } } })),
  },
});

const of = (...values: unknown[]) => values.map((Value) => ({ Value }));
const strong = (more: object = {}) => ({
  IKEVersions: of('ikev2'),
  Phase1IntegrityAlgorithms: of('SHA2-256'),
  Phase2IntegrityAlgorithms: of('SHA2-256', 'SHA2-512'),
  Phase1DHGroupNumbers: of(14, 20),
  Phase2DHGroupNumbers: of(20),
  ...more,
});
verdicts(rules.vpnTunnelEncryption, {
  pass: { strong: tunnels(strong(), strong()) },
  fail: {
    'AWS decides': make(),
    'IKEv1': tunnels(strong({ IKEVersions: of('ikev1', 'ikev2') }), strong()),
    'SHA-1': tunnels(strong(), strong({ Phase1IntegrityAlgorithms: of('SHA1') })),
    'group 2': tunnels(strong({ Phase1DHGroupNumbers: of(2, 14) }), strong()),
  },
  unknown: { 'a parameter': tunnels(strong({ Phase2DHGroupNumbers: of(P) }), strong()) },
  trap: {
    'a list is left out, so AWS accepts all': fail(tunnels(strong({ Phase2IntegrityAlgorithms: undefined }), strong()), { message: /Phase2IntegrityAlgorithms is not given/ }),
    'group 5, in the second phase': fail(tunnels(strong({ Phase2DHGroupNumbers: of(5) }), strong())),
    'a group as text': fail(tunnels(strong({ Phase1DHGroupNumbers: of('2') }), strong())),
    'group 22 is not group 2': pass(tunnels(strong({ Phase1DHGroupNumbers: of(22) }), strong())),
    'one tunnel is described': fail(tunnels(strong()), { message: /both tunnels/ }),
    'strong in one branch': fail(tunnels(strong(), ifProd(strong(), strong({ IKEVersions: of('ikev1') }))), { message: /when IsProd is false/ }),
  },
});
