import type { Evaluation } from './evaluation';
import { Property } from './property';
import { Resource } from '../../template/model';

/** A resource as a check sees it. */
export class ResourceReader {
  private root?: Property;
  /** What rules keep about the resource for one another, by who keeps it. */
  notes?: Map<object, unknown>;
  // Rules of one resource read the same few paths over and over.
  private readonly read = new Map<string, Property>();

  constructor(private readonly evaluation: Evaluation, readonly resource: Resource) {}

  get type(): string {
    return this.resource.type;
  }

  get logicalId(): string {
    return this.resource.logicalId;
  }

  /** Reads a property by its path below `Properties`, e.g. `VersioningConfiguration.Status`. */
  get(path: string): Property {
    let found = this.read.get(path);
    if (!found) {
      this.root ??= this.evaluation.property(this.resource, this.prefix('Properties'));
      this.read.set(path, found = this.root.get(path));
    }
    return found;
  }

  /** All properties, for a check that walks them. */
  properties(): Property {
    this.get('');
    return this.root!;
  }

  /** Reads `DeletionPolicy`, `UpdateReplacePolicy` and the like. */
  attribute(name: 'DeletionPolicy' | 'UpdateReplacePolicy' | 'Metadata'): Property {
    return new Property(this.evaluation, this.prefix(name), this.evaluation.section(this.resource, name));
  }

  private prefix(name: string): string {
    const { subject } = this.evaluation;
    return this.resource === subject ? name : `${this.resource.template === subject.template ? '' : `${this.resource.template.path}#`}${this.logicalId}.${name}`;
  }
}
