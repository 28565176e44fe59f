import { NestedStack, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as config from 'aws-cdk-lib/aws-config';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { undeployable } from './deployable';
import { Shape, SHAPES } from './deployable/shapes';
import { appWith, CONCRETE, modelOf } from './harness';
import { modelOf as modelOfCase } from '../rules/verdicts';

const rows = <T>(pick: (shape: Shape) => Readonly<Record<string, T>>): [string, string, T][] => Object.entries(SHAPES)
  .flatMap(([shape, cases]) => Object.entries(pick(cases)).map(([name, one]): [string, string, T] => [shape, name, one]));

test.each(rows(({ sound }) => sound))('%s, sound: %s', (_shape, _name, resources) => expect(undeployable(modelOfCase(resources))).toEqual([]));

test.each(rows(({ broken }) => broken))('%s, broken: %s', (_shape, _name, [resources, says]) => {
  const found = undeployable(modelOfCase(resources));
  expect(found).toEqual([expect.stringMatching(says)]);
});

describe('across templates', () => {
  const alarmOn = (scope: Stack, onTopic: sns.ITopic): void => {
    new cloudwatch.Alarm(scope, 'Alarm', { metric: new cloudwatch.Metric({ namespace: 'N', metricName: 'M' }), threshold: 1, evaluationPeriods: 1 }).addAlarmAction(new SnsAction(onTopic));
  };

  test('follows a reference to another stack', () => {
    const app = appWith();
    const producer = new Stack(app, 'Producer', CONCRETE);
    alarmOn(new Stack(app, 'Consumer', CONCRETE), new sns.Topic(producer, 'Topic', { masterKey: new kms.Key(producer, 'Key') }));
    expect(undeployable(modelOf(app))).toEqual([expect.stringMatching(/^Consumer.template.json#Alarm\w+: Topic\w+ is under the key Key\w+, whose policy does not let cloudwatch/)]);
  });

  test('follows a reference into a nested stack', () => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    const nested = new NestedStack(stack, 'N');
    new logs.LogGroup(nested, 'Group', { encryptionKey: new kms.Key(stack, 'Key') });
    expect(undeployable(modelOf(app))).toEqual([expect.stringMatching(/#Group\w+: it is under the key Key\w+/)]);
  });

  test('is silent about what is sound there', () => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    alarmOn(new NestedStack(stack, 'N'), new sns.Topic(stack, 'Topic'));
    expect(undeployable(modelOf(app))).toEqual([]);
  });

  test('finds a recorder whose channel is in another stack', () => {
    const app = appWith();
    new config.CfnConfigurationRecorder(new Stack(app, 'One', CONCRETE), 'Recorder', { roleArn: 'arn:aws:iam::111111111111:role/r' });
    new config.CfnDeliveryChannel(new Stack(app, 'Two', CONCRETE), 'Channel', { s3BucketName: 'logs' });
    expect(undeployable(modelOf(app))).toEqual(['One.template.json#Recorder: its delivery channel is in another template, so it never starts']);
  });

  test('finds stacks that wait for one another', () => {
    const app = appWith();
    const [one, two] = [new Stack(app, 'One', CONCRETE), new Stack(app, 'Two', CONCRETE)];
    // What CDK refuses as references, it does not see as imports.
    const exporting = (stack: Stack, other: string): void => {
      const made = new sns.CfnTopic(stack, 'Topic', { displayName: { 'Fn::ImportValue': other } as unknown as string });
      stack.exportValue(made.attrTopicName, { name: stack.stackName });
    };
    exporting(one, 'Two');
    exporting(two, 'One');
    expect(undeployable(modelOf(app))).toEqual(['One.template.json: circular dependency of stacks: One.template.json → Two.template.json → One.template.json']);
  });

  test('finds a stack and its nested stack that wait for one another', () => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    const nested = new NestedStack(stack, 'N');
    const outer = new sns.CfnTopic(stack, 'Outer');
    outer.displayName = new sns.CfnTopic(nested, 'Inner', { displayName: outer.attrTopicName }).attrTopicName;
    expect(undeployable(modelOf(app))).toEqual([expect.stringMatching(/^S\.template\.json#\w+: circular dependency: /)]);
  });
});
