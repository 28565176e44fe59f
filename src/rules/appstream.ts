import { awsDefaults } from './aws-defaults';
import { all, rule } from './kernel';

export const fleetPrivate = rule({
  id: 'AppStream.FleetPrivate',
  resourceTypes: ['AWS::AppStream::Fleet'],
  title: 'Fleet is in a VPC of the organization, and not on the internet by itself',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'With default internet access every streaming instance has a public way out, and none of the organization\'s rules for traffic apply to it.',
  remediation: { cfn: 'VpcConfig: { SubnetIds, SecurityGroupIds }, and no EnableDefaultInternetAccess' },
  configRule: 'APPSTREAM_FLEET_IN_VPC',
  sources: ['Amazon AppStream 2.0 administration guide, "Configure a VPC with Private Subnets and a NAT Gateway"', 'AWS::AppStream::Fleet, VpcConfig and EnableDefaultInternetAccess'],
  check: (fleet) => all(
    fleet.get('VpcConfig.SubnetIds').isPresent().because('no VPC is named'),
    fleet.get('EnableDefaultInternetAccess').awsDefault(awsDefaults['AWS::AppStream::Fleet.EnableDefaultInternetAccess']).isFalse()
      .because('default internet access is on'),
  ),
});
