import { AspectPriority, Aspects, CfnResource, IAspect, Stage, TagManager } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { DATA_CLASS_KEY, dataClassNamed, notADataClass } from './data-class';
import { stagesBelow } from './stages';

/** How sensitive the data of a store is. */
export enum DataClass {
  /** Meant for everyone. */
  PUBLIC = 'public',
  /** For people of the organization; no harm would come to others if it were known. */
  INTERNAL = 'internal',
  /** Protected by contract, law or commitment: what the Confidentiality criteria are about. */
  CONFIDENTIAL = 'confidential',
  /** About natural persons: what the Privacy criteria are about. It is confidential too. */
  PERSONAL = 'personal',
}

const CLASS_OF = Symbol.for('cdk-soc2.data-class');
const WATCHED = Symbol.for('cdk-soc2.data-class.watched');

/**
 * Says how sensitive the data below a scope is: `DataClassification.of(stack).set('confidential')`.
 *
 * It is kept as the tag `soc2:data` and in the metadata of every resource below the scope. The closest scope that was classified counts, so an app may be
 * `internal` and one table in it `personal`. Stores of confidential or personal data are asked for more: a key of one's own, disposal, access logs, no reach
 * from other accounts, masking of logs. Supports C1.1; the rules that it switches on support C1.2, CC6.1, CC6.7, P4.2 and P4.3.
 */
export class DataClassification {
  /**
   * The classification of a scope.
   *
   * @param scope an App, Stage, Stack or any construct
   */
  public static of(scope: IConstruct): DataClassification {
    return new DataClassification(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Classifies everything below the scope that is not classified closer by. Stages below it must have been made before.
   *
   * @param dataClass `public`, `internal`, `confidential` or `personal`; see {@link DataClass}. Case does not matter.
   * @throws Error when there is no such class, naming the nearest one.
   */
  public set(dataClass: string): void {
    const name = dataClassNamed(dataClass);
    if (!name) throw new Error(`the data of ${this.scope.node.path || 'the App'} cannot be classified: ${notADataClass(dataClass)}`);
    (this.scope as unknown as Classified)[CLASS_OF] = name;
    // CDK applies no Aspect across the border of a Stage, and one Aspect in a Stage sees all of its constructs.
    for (const stage of [Stage.of(this.scope) ?? this.scope, ...stagesBelow(this.scope)]) watch(stage);
  }

  /** The class that counts for the scope: its own, or that of the closest scope around it. Undefined when none was set. */
  public get dataClass(): string | undefined {
    return classOf(this.scope);
  }
}

interface Classified { [CLASS_OF]?: string; [WATCHED]?: boolean }

function watch(scope: IConstruct): void {
  const classified = scope as unknown as Classified;
  if (classified[WATCHED]) return;
  classified[WATCHED] = true;
  Aspects.of(scope).add(new WriteClass(), { priority: AspectPriority.MUTATING });
}

function classOf(construct: IConstruct): string | undefined {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    const found = (at as unknown as Classified)[CLASS_OF];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Writes the class to each resource: the tag where it takes tags, and the metadata, which every resource has. */
class WriteClass implements IAspect {
  public visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node)) return;
    const name = classOf(node);
    if (name === undefined) return;
    TagManager.of(node)?.setTag(DATA_CLASS_KEY, name);
    node.addMetadata(DATA_CLASS_KEY, name);
  }
}
