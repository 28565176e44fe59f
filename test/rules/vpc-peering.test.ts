import { ifProd, P, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/vpc-peering';

const peering = subject('AWS::EC2::VPCPeeringConnection', { VpcId: 'vpc-1', PeerVpcId: 'vpc-2' });

verdicts(rules.peeringWithinAccount, {
  pass: { 'the account itself': peering(), 'the account, written': peering({ PeerOwnerId: { Ref: 'AWS::AccountId' } }) },
  fail: { 'another account': peering({ PeerOwnerId: '222222222222' }) },
  unknown: { 'a parameter': peering({ PeerOwnerId: P }) },
  trap: {
    'another account in one branch': fail(peering({ PeerOwnerId: ifProd('222222222222') }), { message: /222222222222 when IsProd is true/ }),
    'by a function': pass(peering({ PeerOwnerId: { 'Fn::Sub': '${AWS::AccountId}' } })),
  },
});
