import { CfnResource, Mixin } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { canHaveKey, receivesAccessLogs } from './bucket-uses';
import { Filling, Holds, isAttribute, Look } from './filling';
import { admitUsers, knowsAll } from './key-users';
import { Referrers } from './referrers';
import { admittedBy, hasPolicy } from './resource-policies';
import type { Soc2MixinOptions } from './soc2-blueprint';
import { refusePlainHttp } from './tls-only';
import { EncryptionKey } from '../constructs/security/encryption-key';
import { AccessLogBucket } from '../constructs/storage/access-log-bucket';
import { METADATA_KEY } from '../declarations/metadata';
import { accessLogBucketDefaults } from '../defaults/bucket';
import { DEFAULTS_BY_TYPE, TypeDefaults } from '../defaults/by-type';
import { SharedKey } from '../defaults/default';

const BUCKET = 'AWS::S3::Bucket';

/** Fills the secure defaults into L1s: see `Soc2Blueprint.mixin()`. */
export class Soc2Mixin extends Mixin {
  constructor(private readonly options: Soc2MixinOptions) {
    super();
  }

  /** What our constructs declare they have decided themselves, opt-outs included. */
  public supports(construct: IConstruct): construct is CfnResource {
    return CfnResource.isCfnResource(construct) && Object.hasOwn(DEFAULTS_BY_TYPE, construct.cfnResourceType)
      && construct.getMetadata(METADATA_KEY) === undefined;
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const defaults = DEFAULTS_BY_TYPE[construct.cfnResourceType];
    const look = Filling.of(construct).look();
    let found: Referrers | undefined;
    const others = (): Referrers => found ??= Referrers.soFar(construct, this);
    if (construct.cfnResourceType === BUCKET) this.fillBucket(construct, look, defaults, others);
    else this.fillIn(construct, look, defaults, others, keyed(construct, defaults));
    refusePlainHttp(construct, others);
  }

  private fillBucket(bucket: CfnResource, look: Look, defaults: TypeDefaults, others: () => Referrers): void {
    this.fillIn(bucket, look, defaults, others, { encryption: (said, end) => canHaveKey(bucket, said, end()) });
    this.fillIn(bucket, look, { table: { encryption: accessLogBucketDefaults.encryption } }, others, {
      encryption: (said, end) => !canHaveKey(bucket, said, end()),
    });
    if (!look.isOpen('LoggingConfiguration') || receivesAccessLogs(bucket, look.said, others())) return;
    Filling.of(bucket).fill('LoggingConfiguration', {
      DestinationBucketName: AccessLogBucket.shared(bucket).bucketName,
      TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: 'EventTime' } },
    }, (said, end) => !receivesAccessLogs(bucket, said, end()));
  }

  private fillIn(
    resource: CfnResource, { said, isOpen }: Look, defaults: TypeDefaults, others: () => Referrers, also: Readonly<Record<string, Holds>> = {},
  ): void {
    const { table, only = {}, each = [], replaces = [], deletes = [], refuses = [] } = defaults;
    const filling = Filling.of(resource);
    const left = this.options.deployed ? [...replaces, ...deletes, ...refuses] : [];
    for (const [name, { cfn }] of Object.entries(table)) {
      if (!cfn || left.includes(name)) continue;
      const paths = Object.keys(cfn);
      const apart = each.includes(name) || paths.every(isAttribute);
      const holds: Holds = (at, end) => (apart || paths.every((path) => at(path) === undefined))
        && (only[name]?.(at) ?? true) && (also[name]?.(at, end) ?? true);
      if (!holds(said, others)) continue;
      for (const path of paths) if (isOpen(path)) filling.fill(path, withKeys(cfn[path], resource), holds);
    }
  }
}

/** A topic or a queue gets a key only when the key lets in all that its policy does. */
function keyed(resource: CfnResource, { table }: TypeDefaults): Readonly<Record<string, Holds>> {
  if (!hasPolicy(resource)) return {};
  const names = Object.keys(table).filter((name) => Object.values(table[name].cfn ?? {}).some((value) => value instanceof SharedKey));
  return Object.fromEntries(names.map((name) => [name, (_, end) => knowsAll(resource.cfnResourceType, admittedBy(resource, end()))]));
}

/** A value with the keys that its placeholders stand for: keys of the mixin, which let in more than those of our constructs. */
function withKeys(value: unknown, resource: CfnResource): unknown {
  if (value instanceof SharedKey) {
    const key = EncryptionKey.shared(resource, `${value.domain}ByService`);
    admitUsers(key, resource.cfnResourceType);
    return value.as === 'arn' ? key.keyArn : key.keyId;
  }
  if (Array.isArray(value)) return value.map((item) => withKeys(item, resource));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withKeys(inner, resource)]));
}
