import { Duration, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { appWith } from './harness';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { documentClusterHardening } from '../../src/constructs/database/document-cluster-hardening';
import { documentClusterDefaults, documentParameterDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

function vpcOf(scope: Construct): ec2.Vpc {
  const stack = Stack.of(scope);
  return stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { natGateways: 1 });
}

const make = (scope: Construct, id: string, props?: Partial<docdb.DatabaseClusterProps>): docdb.DatabaseCluster => new docdb.DatabaseCluster(scope, id, {
  masterUser: { username: 'dbowner' }, vpc: vpcOf(scope), instanceType: new ec2.InstanceType('r6g.large'), engineVersion: '5.0.0', ...props,
});

describeInjected<docdb.DatabaseClusterProps>({
  name: 'docdb.DatabaseCluster',
  hardening: documentClusterHardening,
  make,
  defaults: { 'AWS::DocDB::DBCluster': documentClusterDefaults, 'AWS::DocDB::DBClusterParameterGroup': documentParameterDefaults },
  leaves: {
    'DocDB.CustomerKey': 'CloudFormation replaces a cluster for another key',
    'Network.DataStoreEgress': 'it keeps its security group, which others may import',
  },
  explicit: { props: { backup: { retention: Duration.days(1) } }, rule: 'DocDB.BackupRetention' },
});

describe('docdb.DatabaseCluster under its injector', () => {
  const stackWith = (): Stack => {
    const stack = new Stack(appWith(), 'S');
    PropertyInjectors.of(stack).add(new HardeningInjector(documentClusterHardening));
    return stack;
  };
  const only = (stack: Stack, type = 'AWS::DocDB::DBCluster'): Record<string, any> => Object.values(Template.fromStack(stack).findResources(type))[0].Properties;
  const replacing = (stack: Stack): object => {
    const groups = Object.keys(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroup'));
    const { DBClusterIdentifier: identifier, KmsKeyId: key, StorageEncrypted: encrypted, MasterUsername: user } = only(stack);
    return { identifier, key, encrypted, groups, user: JSON.stringify(user) };
  };

  test('writes the audit log that it exports', () => {
    const stack = stackWith();
    make(stack, 'X');
    expect(only(stack, 'AWS::DocDB::DBClusterParameterGroup')).toMatchObject({ Family: 'docdb5.0', Parameters: { audit_logs: 'enabled', tls: 'enabled' } });
    expect(only(stack).DBClusterParameterGroupName).toEqual({ Ref: Object.keys(Template.fromStack(stack).findResources('AWS::DocDB::DBClusterParameterGroup'))[0] });
    expect(only(stack).EnableCloudwatchLogsExports).toEqual(['audit']);
  });

  test('is not replaced', () => {
    const [plain, injected] = [new Stack(appWith(), 'S'), stackWith()];
    make(plain, 'X');
    make(injected, 'X');
    expect(replacing(injected)).toEqual(replacing(plain));
    Template.fromStack(injected).resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test('is tagged for backup, and has its log group when it has a name', () => {
    const stack = stackWith();
    make(stack, 'X', { dbClusterName: 'orders' });
    expect(only(stack).Tags).toContainEqual({ Key: 'soc2:backup', Value: 'true' });
    expect(only(stack, 'AWS::Logs::LogGroup')).toMatchObject({ LogGroupName: '/aws/docdb/orders/audit', RetentionInDays: 365 });
    const profiled = stackWith();
    make(profiled, 'X', { dbClusterName: 'orders', exportProfilerLogsToCloudWatch: true });
    expect(Object.values(Template.fromStack(profiled).findResources('AWS::Logs::LogGroup')).map(({ Properties }) => Properties.LogGroupName)).toEqual(['/aws/docdb/orders/audit', '/aws/docdb/orders/profiler']);
  });

  test('keeps what is explicit', () => {
    const stack = stackWith();
    const parameterGroup = new docdb.ClusterParameterGroup(stack, 'P', { family: 'docdb5.0', parameters: { tls: 'enabled' } });
    make(stack, 'X', { dbClusterName: 'orders', instances: 1, parameterGroup, cloudWatchLogsRetention: logs.RetentionDays.ONE_WEEK, deletionProtection: false });
    Template.fromStack(stack).resourceCountIs('AWS::DocDB::DBInstance', 1);
    Template.fromStack(stack).resourceCountIs('AWS::DocDB::DBClusterParameterGroup', 1);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
    expect(only(stack).DeletionProtection).toBe(false);
  });

  test('has no parameter group of a version that nobody knows', () => {
    const stack = stackWith();
    make(stack, 'X', { engineVersion: undefined });
    expect(only(stack).DBClusterParameterGroupName).toBeUndefined();
  });
});
