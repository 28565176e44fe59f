import * as ecr from 'aws-cdk-lib/aws-ecr';
import { Construct } from 'constructs';
import { isKms, repositoryHardening } from './repository-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { repositoryDefaults as d } from '../../defaults/repository';
import { hardened } from '../support/hardening';
import { uphold } from '../support/uphold';

/** Properties of a `SecureRepository`. Those of `ecr.Repository` keep their meaning; where they are left out, the secure default stands. */
export interface SecureRepositoryProps extends ecr.RepositoryProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

const MUTABLE: readonly (ecr.TagMutability | undefined)[] = [ecr.TagMutability.MUTABLE, ecr.TagMutability.MUTABLE_WITH_EXCLUSION];

/**
 * An ECR repository whose tags cannot be moved, which scans images as they are pushed, is encrypted with a customer managed key, and removes
 * images that have no tag after 14 days.
 *
 * The encryption of a repository is never changed later: another one makes another repository.
 *
 * Supports CC3.2, CC6.1, CC6.8, CC7.1, CC8.1, C1.1 and C1.2. Billed: the shared key (1 USD a month for the stack), and storage of images. Scans
 * when images are pushed are free; scanning again and again is a matter of the registry, and billed by Amazon Inspector.
 */
export class SecureRepository extends ecr.Repository {
  /** @throws Error when a property weakens a claim without an opt-out, e.g. `imageTagMutability: TagMutability.MUTABLE`. */
  constructor(scope: Construct, id: string, props: SecureRepositoryProps = {}) {
    const secure = hardened(repositoryHardening, scope, id, props);
    super(scope, id, secure);
    repositoryHardening.complete!(this, secure);
    uphold(this, 'SecureRepository', props.optOuts, [{
      resource: this.node.defaultChild as ecr.CfnRepository,
      upheld: [
        { by: d.imageScanOnPush, weakened: isOff(props.imageScanOnPush) && 'imageScanOnPush: false' },
        { by: d.imageTagMutability, weakened: MUTABLE.includes(secure.imageTagMutability) && `imageTagMutability: ${secure.imageTagMutability}` },
        { by: d.encryption, weakened: !isKms(secure.encryption!) && `encryption: ${secure.encryption!.value}` },
        { by: d.untaggedImageDays, weakened: props.lifecycleRules?.length === 0 && 'lifecycleRules: []' },
      ],
    }]);
  }
}
