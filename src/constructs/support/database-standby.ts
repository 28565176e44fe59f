import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';

/**
 * A reader made as the writer is made, so that it can take its place: under a construct of its own, since both have one id, and in another zone.
 */
export class Standby implements rds.IClusterInstance {
  /** @param zones the zones that the cluster may lie in, as far as they are known */
  constructor(private readonly writer: rds.IClusterInstance, private readonly zones: readonly string[]) {}

  public bind(scope: Construct, cluster: rds.IDatabaseCluster, options: rds.ClusterInstanceBindOptions): rds.IAuroraClusterInstance {
    // Without a feature flag CDK puts the parameter group of an instance under the cluster, where there can be one only. The two are the same.
    cluster.node.tryRemoveChild('InstanceParameterGroup');
    // In the first two tiers a serverless reader has the capacity of the writer.
    const made = this.writer.bind(new Construct(scope, 'Standby'), cluster, { ...options, promotionTier: 1 });
    const resource = made.node.defaultChild as rds.CfnDBInstance;
    const { dbInstanceIdentifier: name } = resource;
    if (resource.stack.resolve(name)) resource.dbInstanceIdentifier = `${name}-standby`;
    // Left open, Aurora chooses.
    if (resource.availabilityZone !== undefined) resource.availabilityZone = this.zones.find((zone) => zone !== resource.availabilityZone);
    return made;
  }
}
