import { ifProd, P, subject } from './cases';
import { Case, fail, notApplicable, pass, verdicts } from './verdicts';
import { shieldAdvanced } from '../../src/rules/shield';

const distribution = subject('AWS::CloudFront::Distribution');
const balancer = subject('AWS::ElasticLoadBalancingV2::LoadBalancer');
const protection = (ResourceArn: unknown): Case => ({ Shield: { Type: 'AWS::Shield::Protection', Properties: { Name: 'front', ResourceArn } }, Other: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' } });

verdicts(shieldAdvanced, {
  pass: { 'a distribution': distribution({}, protection({ 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Subject}' })), 'a load balancer': balancer({}, protection({ Ref: 'Subject' })) },
  fail: { 'a distribution': distribution(), 'a load balancer': balancer(), 'a public zone': subject('AWS::Route53::HostedZone')() },
  unknown: { 'what is protected is a parameter': balancer({}, protection(P)) },
  notApplicable: { 'an internal load balancer': balancer({ Scheme: 'internal' }), 'a private zone': subject('AWS::Route53::HostedZone')({ VPCs: [{ VPCId: 'v' }] }) },
  trap: {
    'another load balancer is protected': fail(balancer({}, protection({ Ref: 'Other' }))),
    'said to face the internet': fail(balancer({ Scheme: 'internet-facing' })),
    'internal in production only': fail(balancer({ Scheme: ifProd('internal', 'internet-facing') }), { message: /IsProd is false/ }),
    'internal, whatever is protected': notApplicable(balancer({ Scheme: 'internal' }, protection({ Ref: 'Other' }))),
    'an accelerator by its ARN': pass(subject('AWS::GlobalAccelerator::Accelerator')({}, protection({ 'Fn::GetAtt': ['Subject', 'AcceleratorArn'] }))),
  },
});
