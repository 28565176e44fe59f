import { ifProd, P, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { fleetPrivate } from '../../src/rules/appstream';

const fleet = subject('AWS::AppStream::Fleet');
const inVpc = subject('AWS::AppStream::Fleet', { VpcConfig: { SubnetIds: ['subnet-1'] } });

verdicts(fleetPrivate, {
  pass: { 'in a VPC': inVpc({ EnableDefaultInternetAccess: false }), 'subnets by parameter': fleet({ VpcConfig: { SubnetIds: P } }) },
  fail: { 'no VPC': fleet(), 'on the internet': inVpc({ EnableDefaultInternetAccess: 'true' }), 'security groups only': fleet({ VpcConfig: { SecurityGroupIds: ['sg-1'] } }) },
  unknown: { 'by parameter': inVpc({ EnableDefaultInternetAccess: P }) },
  trap: {
    'not on the internet unless told': pass(inVpc()),
    'in one branch': fail(inVpc({ EnableDefaultInternetAccess: ifProd(false, true) }), { message: /default internet access is on.*IsProd is false/ }),
  },
});
