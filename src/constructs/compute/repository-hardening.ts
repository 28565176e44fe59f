import { Lazy, RemovalPolicy } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import { present } from './present';
import { repositoryDefaults as d } from '../../defaults/repository';
import { EncryptionKey } from '../security/encryption-key';
import { Hardening } from '../support/hardening';

const { KMS, AES_256 } = ecr.RepositoryEncryption;
const { IMMUTABLE, IMMUTABLE_WITH_EXCLUSION } = ecr.TagMutability;

/** Secure properties of a repository. */
export const repositoryHardening: Hardening<ecr.RepositoryProps> = {
  injectionId: ecr.Repository.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => {
    const given = present(props);
    const encryption = given.encryption ?? KMS;
    return present({
      ...given,
      imageScanOnPush: given.imageScanOnPush ?? d.imageScanOnPush.value,
      imageTagMutability: given.imageTagMutability ?? (given.imageTagMutabilityExclusionFilters?.length ? IMMUTABLE_WITH_EXCLUSION : IMMUTABLE),
      encryption,
      // CDK refuses a key of one's own for DSSE.
      encryptionKey: given.encryptionKey ?? (encryption.value === KMS.value ? EncryptionKey.shared(scope, 'data') : undefined),
      removalPolicy: given.removalPolicy ?? RemovalPolicy.RETAIN,
    });
  },
  complete: (made, { lifecycleRules }) => {
    if (lifecycleRules === undefined) expireUntagged(made as ecr.Repository);
  },
};

/** True where the key is one of KMS. */
export function isKms(encryption: ecr.RepositoryEncryption): boolean {
  return encryption.value !== AES_256.value;
}

/** Only where no rule is added later: ECR takes one rule for images without a tag, and theirs is that. */
function expireUntagged(repository: ecr.Repository): void {
  const cfn = repository.node.defaultChild as ecr.CfnRepository;
  const { lifecyclePolicy: theirs } = cfn;
  const ours: ecr.CfnRepository.LifecyclePolicyProperty = { lifecyclePolicyText: d.untaggedImageDays.cfn['LifecyclePolicy.LifecyclePolicyText'] };
  cfn.lifecyclePolicy = Lazy.any({ produce: () => repository.stack.resolve(theirs) ?? ours });
}
