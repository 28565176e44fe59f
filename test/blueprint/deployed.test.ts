import { PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Construct } from 'constructs';
import { AccessLogBucket, AlarmTopic, EncryptionKey, Soc2Blueprint, WebFirewall } from '../../src';
import { appWith, CONCRETE } from '../constructs/harness';

type Resources = Record<string, any>;

/** What the template holds, with the injectors or without. */
function resourcesOf(fill: (stack: Stack) => void, injected: boolean): Resources {
  const app = appWith(flags);
  if (injected) PropertyInjectors.of(app).add(...Soc2Blueprint.injectors());
  const stack = new Stack(app, 'S', CONCRETE);
  fill(stack);
  return Template.fromStack(stack).toJSON().Resources;
}

const code = { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};') };

describe('a plain L2 that is deployed already keeps', () => {
  /** The resources of a type without the injectors, each of which has to be there with them. */
  const kept = (fill: (stack: Stack) => void, type: string): [before: Resources, after: Resources][] => {
    const [before, after] = [false, true].map((injected) => resourcesOf(fill, injected));
    const ids = Object.keys(before).filter((id) => before[id].Type === type);
    expect(ids.length).toBeGreaterThan(0);
    expect(Object.keys(after)).toEqual(expect.arrayContaining(ids));
    return ids.map((id) => [before[id], after[id]]);
  };

  test('the retention of its logs, which would lose what is older', () => {
    for (const [before, after] of kept((stack) => new logs.LogGroup(stack, 'Logs'), 'AWS::Logs::LogGroup')) {
      expect(after.Properties.RetentionInDays).toBe(before.Properties.RetentionInDays);
      expect(after.Properties.KmsKeyId).toBeDefined();
    }
  });

  test('the log group that a function makes itself, now under a key', () => {
    for (const [, after] of kept((stack) => new lambda.Function(stack, 'F', code), 'AWS::Logs::LogGroup')) expect(after.Properties.KmsKeyId).toBeDefined();
  });

  test('the dead-letter queue that a function makes itself, which may use its key', () => {
    const fill = (stack: Stack) => new lambda.Function(stack, 'F', { ...code, deadLetterQueueEnabled: true });
    for (const [, after] of kept(fill, 'AWS::SQS::Queue')) expect(after.Properties.KmsMasterKeyId).toBeDefined();
    const rights = Object.values(resourcesOf(fill, true)).filter(({ Type }) => Type === 'AWS::IAM::Policy').map(({ Properties }) => JSON.stringify(Properties));
    expect(rights).toEqual([expect.stringMatching(/sqs:SendMessage.*kms:Decrypt.*kms:GenerateDataKey.*SharedMessagesKey/)]);
  });

  test('the subnets of its mount targets, of which EFS takes one in each zone', () => {
    const fill = (stack: Stack) => {
      const subnetConfiguration = [ec2.SubnetType.PUBLIC, ec2.SubnetType.PRIVATE_WITH_EGRESS, ec2.SubnetType.PRIVATE_ISOLATED].map((subnetType) => ({ name: subnetType, subnetType }));
      return new efs.FileSystem(stack, 'Files', { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, subnetConfiguration }) });
    };
    for (const [before, after] of kept(fill, 'AWS::EFS::MountTarget')) expect(after.Properties.SubnetId).toEqual(before.Properties.SubnetId);
  });
});

describe('an id that is kept for what constructs share', () => {
  const taken: Record<string, (scope: Construct) => Construct> = {
    AccessLogBucket: AccessLogBucket.shared, EncryptionKey: (scope) => EncryptionKey.shared(scope, 'data'), AlarmTopic: AlarmTopic.shared, WebFirewall: (scope) => WebFirewall.shared(scope),
  };
  test.each(Object.entries(taken))('of %s is refused where something else has it', (_, share) => {
    const probe = share(new Stack(appWith(), 'S'));
    const stack = new Stack(appWith(), 'S');
    new Construct(stack, probe.node.id);
    expect(() => share(stack)).toThrow(`${probe.constructor.name} at S/${probe.node.id}: another construct has this id, which is that of what constructs share there; give the other one another id`);
  });
});
