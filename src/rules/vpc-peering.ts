import { accountOf, rule, Truth } from './kernel';

export const peeringWithinAccount = rule({
  id: 'VPC.PeeringWithinAccount',
  resourceTypes: ['AWS::EC2::VPCPeeringConnection'],
  title: 'Networks are joined with those of the same account',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'Peering lets whatever the routes and groups allow pass between two networks. Where the other belongs to another account, somebody else decides what lies behind it.',
  remediation: { l2: 'new CfnVPCPeeringConnection(…) without peerOwnerId', cfn: 'PeerOwnerId left out, or the account itself' },
  sources: ['Amazon VPC peering guide, "Create a VPC peering connection": with a VPC in another account', 'AWS::EC2::VPCPeeringConnection PeerOwnerId: the account itself where it is left out'],
  // Accounts of one organization are joined like this every day, and a template does not say which accounts those are.
  onByDefault: false,
  check: (connection) => {
    const owner = connection.get('PeerOwnerId').seen();
    if (owner.missing) return Truth.YES;
    const account = accountOf(owner);
    if (account === undefined) return owner.openTruth();
    return Truth.of(account.id === undefined || account.id === connection.resource.template.context.account, () => `the other network belongs to account ${account.id}`);
  },
});
