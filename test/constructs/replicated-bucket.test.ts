import { App, Duration, Fn, PhysicalName, RemovalPolicy, Stack, StackProps, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import type { Construct } from 'constructs';
import { bucketProps, dataBreaks, dataWeakenings, unset } from './bucket-subject';
import { undeployable } from './deployable';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { SHARED_LOGS } from './nag-findings';
import { AccessLogBucket, EncryptionKey, ReplicatedBucket, ReplicatedBucketProps, SecureBucket, SecureBucketProps, WormBucket } from '../../src/constructs';
import { OptOut } from '../../src/declarations/opt-out';
import { evaluate, rulesForType } from '../../src/rules';

const EVERY_OBJECT = 'every object is copied';
const SENSELESS = ['versioned: false', 'encryption: KMS_MANAGED'];
const KEY_THERE = 'arn:aws:kms:eu-central-1:111111111111:key/12345678-1234-1234-1234-123456789012';
const THERE: StackProps = { env: { account: '111111111111', region: 'eu-central-1' } };
const FOREIGN: StackProps = { env: { account: '222222222222', region: 'eu-central-1' } };
const KEY_FOREIGN = KEY_THERE.replace('111111111111', '222222222222');

const imported = (scope: Construct, id: string): Pick<ReplicatedBucketProps, 'destination' | 'destinationKey'> => ({
  destination: s3.Bucket.fromBucketAttributes(scope, `${id}Copy`, { bucketArn: 'arn:aws:s3:::copy-of-data', region: 'eu-central-1' }),
  destinationKey: kms.Key.fromKeyArn(scope, `${id}CopyKey`, KEY_THERE),
});

const copyIn = (stack: Stack, props: SecureBucketProps = {}): SecureBucket => new SecureBucket(stack, 'Copy', { bucketName: PhysicalName.GENERATE_IF_NEEDED, ...props });

describeConstruct<ReplicatedBucketProps>({
  name: 'ReplicatedBucket',
  make: (scope, id, props) => {
    const { destination, destinationKey } = imported(scope, id);
    return new ReplicatedBucket(scope, id, { ...props, destination, destinationKey: props?.destinationKey ?? destinationKey });
  },
  optional: optionalOf<ReplicatedBucketProps>()([...bucketProps, 'optOuts', 'backup', 'destinationKey', 'replicationTimeControl']),
  breaks: { ...dataBreaks, 'S3.Replication': unset('ReplicationConfiguration') },
  weakenings: dataWeakenings.filter(({ says }) => !SENSELESS.includes(says)),
  uses: (bucket: s3.Bucket, consumer) => void bucket.grantReadWrite(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
  given: (elsewhere) => ({ encryptionKey: new EncryptionKey(elsewhere, 'Key'), serverAccessLogsBucket: new AccessLogBucket(elsewhere, 'Logs') }),
  nag: {
    ...SHARED_LOGS,
    'AwsSolutions-IAM5[Action::kms:GenerateDataKey*] S/X/ReplicationRole/DefaultPolicy/Resource': 'one key, for objects of one bucket',
    'AwsSolutions-IAM5[Resource::<X4AF5585A.Arn>/*] S/X/ReplicationRole/DefaultPolicy/Resource': EVERY_OBJECT,
    'AwsSolutions-IAM5[Resource::arn:aws:s3:::copy-of-data/*] S/X/ReplicationRole/DefaultPolicy/Resource': EVERY_OBJECT,
    'NIST.800.53.R5-IAMNoInlinePolicy S/X/ReplicationRole/DefaultPolicy/Resource': 'it belongs to this role alone, and goes with it',
  },
});

describe('ReplicatedBucket', () => {
  const data = (stack: Stack): Record<string, any> => Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket', { Metadata: { 'cdk-soc2': { construct: 'ReplicatedBucket' } } }))[0].Properties;
  const ruleIn = (stack: Stack): Record<string, any> => data(stack).ReplicationConfiguration.Rules[0];
  const statementsIn = (stack: Stack, type: string): Record<string, any>[] => Object.values(Template.fromStack(stack).findResources(type))
    .flatMap(({ Properties }) => (Properties.PolicyDocument ?? Properties.KeyPolicy).Statement);

  /** Nothing fails in the whole app that is on by default, and everything can be deployed. */
  const sound = (app: App): void => {
    const model = modelOf(app);
    expect(undeployable(model)).toEqual([]);
    expect(claimsIn(model).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    const resources = model.templates.flatMap((template) => [...template.resources.values()]);
    expect(resources.flatMap((resource) => rulesForType(resource.type).filter((rule) => rule.onByDefault && evaluate(rule, resource).verdict === 'fail')).map(({ id }) => id)).toEqual([]);
  };

  test('copies everything, under a key of the other region, within 15 minutes, with delete markers', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new ReplicatedBucket(stack, 'X', imported(stack, 'X'));
    expect(ruleIn(stack)).toEqual({
      Id: 'Everything',
      Status: 'Enabled',
      Priority: 1,
      Filter: { Prefix: '' },
      SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
      DeleteMarkerReplication: { Status: 'Enabled' },
      Destination: {
        Bucket: 'arn:aws:s3:::copy-of-data',
        EncryptionConfiguration: { ReplicaKmsKeyID: KEY_THERE },
        Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
        ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
      },
    });
  });

  test('keeps the metrics without the time control, then without a threshold, which S3 would refuse', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new ReplicatedBucket(stack, 'X', { ...imported(stack, 'X'), replicationTimeControl: false });
    expect(ruleIn(stack).Destination).toMatchObject({ Metrics: { Status: 'Enabled' } });
    expect(JSON.stringify(ruleIn(stack))).not.toContain('Minutes');
  });

  test('gives its role what S3 needs: both keys for objects of these buckets only, and the locks of objects', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const bucket = new ReplicatedBucket(stack, 'X', imported(stack, 'X'));
    const [about, read, put, decrypt, encrypt] = statementsIn(stack, 'AWS::IAM::Policy');
    const [here, there] = [[stack.resolve(bucket.bucketArn), stack.resolve(bucket.arnForObjects('*'))], ['arn:aws:s3:::copy-of-data', 'arn:aws:s3:::copy-of-data/*']];
    expect(about).toMatchObject({ Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'], Resource: here[0] });
    expect(read).toMatchObject({ Action: expect.arrayContaining(['s3:GetObjectVersionForReplication', 's3:GetObjectRetention', 's3:GetObjectLegalHold']), Resource: here[1] });
    expect(put).toMatchObject({ Action: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], Resource: there[1] });
    expect(decrypt).toMatchObject({ Action: 'kms:Decrypt', Resource: stack.resolve(bucket.encryptionKey!.keyArn), Condition: { StringLike: { 'kms:EncryptionContext:aws:s3:arn': here } } });
    expect(encrypt).toMatchObject({ Action: expect.arrayContaining(['kms:Encrypt', 'kms:Decrypt']), Resource: KEY_THERE, Condition: { StringLike: { 'kms:EncryptionContext:aws:s3:arn': there } } });
  });

  test('leaves the name of the role to CloudFormation where nobody has to know it', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    for (const id of ['A', 'B']) new ReplicatedBucket(stack, id, imported(stack, id));
    const roles = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
    expect(roles.map(({ Properties }) => Properties.RoleName)).toEqual([undefined, undefined]);
  });

  test('uses a role that is given as it is', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const role = iam.Role.fromRoleArn(stack, 'R', 'arn:aws:iam::111111111111:role/copies');
    const bucket = new ReplicatedBucket(stack, 'X', { ...imported(stack, 'X'), replicationRole: role });
    expect(bucket.replicationRole).toBe(role);
    expect(bucket.replicationRoleArn).toBe(role.roleArn);
    expect(data(stack).ReplicationConfiguration.Role).toBe('arn:aws:iam::111111111111:role/copies');
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });

  describe.each([['no feature flags', {}], ['all recommended flags', flags]])('in several stacks, %s', (_, context) => {
    test('the copy first, with its key imported where the data is', () => {
      const app = appWith(context);
      const there = new Stack(app, 'There', THERE);
      const here = new Stack(app, 'Here', CONCRETE);
      const destination = copyIn(there);
      new ReplicatedBucket(here, 'Data', { destination, destinationKey: kms.Key.fromKeyArn(here, 'KeyThere', KEY_THERE) });
      expect(here.dependencies).toEqual([there]);
      sound(app);
      const [{ Properties: { BucketName } }] = Object.values(Template.fromStack(there).findResources('AWS::S3::Bucket', { Metadata: { 'cdk-soc2': { construct: 'SecureBucket' } } }));
      expect(BucketName).toMatch(/^[a-z0-9-]{3,63}$/);
      expect(JSON.stringify(ruleIn(here).Destination.Bucket)).toContain(BucketName);
    });

    test('keys, then the copy, then the data, with a key of both regions', () => {
      const app = appWith(context);
      const keys = new Stack(app, 'Keys', CONCRETE);
      const key = new EncryptionKey(keys, 'Key', { multiRegion: true });
      const there = new Stack(app, 'There', { ...THERE, crossRegionReferences: true });
      const replica = new kms.CfnReplicaKey(there, 'Replica', {
        primaryKeyArn: 'arn:aws:kms:eu-west-1:111111111111:key/mrk-12345678901234567890123456789012',
        pendingWindowInDays: 30,
        keyPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:root' }, Action: 'kms:*', Resource: '*' }] },
      });
      replica.applyRemovalPolicy(RemovalPolicy.RETAIN);
      const destination = copyIn(there, { encryptionKey: kms.Key.fromKeyArn(there, 'Key', replica.attrArn) });
      const here = new Stack(app, 'Here', CONCRETE);
      const destinationKey = kms.Key.fromKeyArn(here, 'KeyThere', here.formatArn({ service: 'kms', region: 'eu-central-1', resource: 'key', resourceName: key.keyId }));
      new ReplicatedBucket(here, 'Data', { encryptionKey: key, destination, destinationKey });
      expect(here.dependencies).toContain(there);
      sound(app);
      expect(JSON.stringify(ruleIn(here).Destination.EncryptionConfiguration)).toContain('eu-central-1');
    });

    test.each([[undefined], [true]])('the copy first, with references across regions (%s) and none back', (crossRegionReferences) => {
      const app = appWith(context);
      const there = new Stack(app, 'There', { ...THERE, crossRegionReferences });
      const here = new Stack(app, 'Here', { ...CONCRETE, crossRegionReferences });
      new ReplicatedBucket(here, 'Data', { destination: copyIn(there) });
      expect(() => app.synth()).not.toThrow();
      expect(here.dependencies).toEqual([there]);
      expect(there.dependencies).toEqual([]);
    });

    test('in two accounts', () => {
      const app = appWith(context);
      const there = new Stack(app, 'There', FOREIGN);
      const here = new Stack(app, 'Here', CONCRETE);
      const destination = copyIn(there);
      new ReplicatedBucket(here, 'Data', { destination, destinationKey: kms.Key.fromKeyArn(here, 'KeyThere', KEY_FOREIGN) });
      sound(app);
      const [role] = Object.values(Template.fromStack(here).findResources('AWS::IAM::Role'));
      const admitted = (type: string): string[] => statementsIn(there, type).filter((statement) => statement.Condition?.ArnEquals)
        .map(({ Action, Principal, Condition }) => JSON.stringify([Action, Principal, Condition]));
      const [copies, versions, ...others] = [...admitted('AWS::S3::BucketPolicy'), ...admitted('AWS::KMS::Key')];
      expect(copies).toContain('s3:ObjectOwnerOverrideToBucketOwner');
      expect(copies).toContain('s3:ReplicateObject');
      expect(versions).toContain('s3:GetBucketVersioning');
      expect(others).toEqual([expect.stringMatching(/(?=.*"kms:Encrypt")(?=.*"kms:Decrypt")(?=.*"kms:GenerateDataKey\*")/)]);
      for (const statement of [copies, versions, ...others]) {
        // The role is not there yet when the copy is deployed, so it must not be the principal.
        expect(statement).toMatch(/iam::111111111111:root/);
        expect(statement).toContain(`:role/${role.Properties.RoleName}`);
      }
      expect(statementsIn(here, 'AWS::IAM::Policy')).toContainEqual(expect.objectContaining({ Action: expect.arrayContaining(['s3:ReplicateObject', 's3:ObjectOwnerOverrideToBucketOwner']) }));
      expect(ruleIn(here).Destination).toMatchObject({ Account: '222222222222', AccessControlTranslation: { Owner: 'Destination' } });
      expect(here.dependencies).toEqual([there]);
      Annotations.fromStack(here).hasNoWarning('*', Match.anyValue());
    });
  });

  test('stands in a stage with its copy', () => {
    const app = appWith();
    const stage = new Stage(app, 'P');
    const there = new Stack(stage, 'There', THERE);
    const here = new Stack(stage, 'Here', CONCRETE);
    new ReplicatedBucket(here, 'Data', { destination: copyIn(there), destinationKey: kms.Key.fromKeyArn(here, 'KeyThere', KEY_THERE) });
    expect(here.dependencies).toEqual([there]);
    sound(app);
  });

  test('waits for no stack of another stage, which cannot be waited for', () => {
    const app = appWith();
    const there = new Stack(new Stage(app, 'Q'), 'There', THERE);
    const here = new Stack(new Stage(app, 'P'), 'Here', CONCRETE);
    new ReplicatedBucket(here, 'Data', { destination: copyIn(there, { bucketName: 'copy-of-data' }), destinationKey: kms.Key.fromKeyArn(here, 'KeyThere', KEY_THERE) });
    expect(() => app.synth()).not.toThrow();
  });

  test('says what the policies of another account must let its role do where they cannot be seen', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const destination = s3.Bucket.fromBucketAttributes(stack, 'Copy', { bucketArn: 'arn:aws:s3:::copy-of-data', account: '222222222222', region: 'eu-central-1' });
    new ReplicatedBucket(stack, 'X', { destination, destinationKey: kms.Key.fromKeyArn(stack, 'K', KEY_FOREIGN) });
    const warned = Annotations.fromStack(stack);
    warned.hasWarning('/S/X', Match.stringLikeRegexp('the policy of destination cannot be seen; it must let the role ReplicationRole of this bucket do s3:ReplicateObject'));
    warned.hasWarning('/S/X', Match.stringLikeRegexp('the policy of destinationKey cannot be seen; it must let the role ReplicationRole of this bucket do kms:Encrypt'));
  });

  describe('fails', () => {
    const keyOf = (stack: Stack, arn = KEY_THERE): kms.IKey => kms.Key.fromKeyArn(stack, 'KeyThere', arn);
    const make = (props: (here: Stack, there: Stack) => ReplicatedBucketProps, env: StackProps = THERE): ReplicatedBucket => {
      const app = appWith();
      const here = new Stack(app, 'Here', CONCRETE);
      return new ReplicatedBucket(here, 'X', props(here, new Stack(app, 'There', env)));
    };
    const lock = { objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(1)) };

    test.each<[string, (here: Stack, there: Stack) => ReplicatedBucketProps, string]>([
      ['rules of its own', (here) => ({ ...imported(here, 'X'), replicationRules: [{ destination: imported(here, 'Y').destination }] }), 'replicationRules stand beside destination; leave them out, or use SecureBucket'],
      ['no versions', (here) => ({ ...imported(here, 'X'), versioned: false }), 'S3 copies versions; leave out versioned: false'],
      ['a key of AWS', (here) => ({ ...imported(here, 'X'), encryption: s3.BucketEncryption.KMS_MANAGED }), 'encryption: KMS_MANAGED uses a key of AWS that nobody can be granted, so nothing would be copied; leave it out'],
      ['no key for the copies', (here) => ({ destination: imported(here, 'X').destination }), 'the destination Here/XCopy has no key that is known here; give destinationKey'],
      ['itself', (here) => ({ ...imported(here, 'X'), bucketName: 'copy-of-data' }), 'the destination is this bucket itself; give another'],
      ['a copy beside it', (here) => ({ destination: copyIn(here), destinationKey: keyOf(here) }), 'the destination Here/Copy is in the account and the region of this bucket, and would be lost with it'],
      ['a key of another region', (here, there) => ({ destination: copyIn(there), destinationKey: keyOf(here, KEY_THERE.replace('eu-central-1', 'eu-west-1')) }), 'destinationKey is in the region eu-west-1; it must be in eu-central-1, where There/Copy is'],
      [
        'a copy without versions',
        (here, there) => ({ destination: copyIn(there, { versioned: false, optOuts: [OptOut.of('S3.Versioning', { reason: 'a test' })] }), destinationKey: keyOf(here) }),
        'the destination There/Copy keeps no versions, which S3 needs; give it versioned: true',
      ],
      ['locks, and none on the copy', (here, there) => ({ ...lock, destination: copyIn(there), destinationKey: keyOf(here) }), 'the destination There/Copy has no object lock, without which locked objects are not copied; use WormBucket'],
      ['a copy without a name', (here, there) => ({ destination: new SecureBucket(there, 'Copy'), destinationKey: keyOf(here) }), 'the destination There/Copy has no name by which another region or account can refer to it; give it bucketName: PhysicalName.GENERATE_IF_NEEDED'],
    ])('with %s', (_, props, message) => {
      expect(() => make(props)).toThrow(`ReplicatedBucket at Here/X: ${message}`);
    });

    test('with a key of another account that is not imported', () => {
      expect(() => make((_, there) => ({ destination: copyIn(there) }), FOREIGN))
        .toThrow('ReplicatedBucket at Here/X: the key There/SharedDataKey is in another account, to which no reference leads; give destinationKey: Key.fromKeyArn() with its ARN');
    });

    test('with a copy beside it in stacks of any region', () => {
      const app = appWith();
      const here = new Stack(app, 'Here');
      expect(() => new ReplicatedBucket(here, 'X', { destination: copyIn(new Stack(app, 'There')), destinationKey: keyOf(here) })).toThrow('or set env on both stacks');
    });
  });

  test('copies locked objects to a bucket with locks', () => {
    const app = appWith();
    const there = new Stack(app, 'There', THERE);
    const here = new Stack(app, 'Here', CONCRETE);
    const destination = new WormBucket(there, 'Copy', { bucketName: PhysicalName.GENERATE_IF_NEEDED });
    new ReplicatedBucket(here, 'Data', { destination, destinationKey: kms.Key.fromKeyArn(here, 'KeyThere', KEY_THERE), objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(1)) });
    sound(app);
  });

  test('needs no key for objects that S3 encrypts by itself', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const optOuts = ['S3.KmsEncryption', 'S3.CustomerKey'].map((rule) => OptOut.of(rule, { reason: 'a test' }));
    new ReplicatedBucket(stack, 'X', { ...imported(stack, 'X'), encryption: s3.BucketEncryption.S3_MANAGED, optOuts });
    expect(statementsIn(stack, 'AWS::IAM::Policy').filter(({ Action }) => Action === 'kms:Decrypt')).toEqual([]);
  });

  test('takes a key whose region only the deployment knows', () => {
    const app = appWith();
    const here = new Stack(app, 'Here', CONCRETE);
    const destinationKey = kms.Key.fromKeyArn(here, 'KeyThere', Fn.importValue('KeyThere'));
    new ReplicatedBucket(here, 'X', { destination: copyIn(new Stack(app, 'There', THERE)), destinationKey });
    expect(ruleIn(here).Destination.EncryptionConfiguration).toEqual({ ReplicaKmsKeyID: { 'Fn::ImportValue': 'KeyThere' } });
  });
});
