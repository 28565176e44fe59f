import { createHash } from 'node:crypto';

/** What an anchor may lead to. */
export type AnchorKind = 'rule' | 'resource' | 'type' | 'criterion' | 'exceptions' | 'waiver' | 'acknowledgement' | 'opt-out';

const LONGEST = 60;

/** Gives every thing of the ledger one safe, unique and stable id in the document. */
export class Anchors {
  private readonly given = new Map<string, string>();
  private readonly taken = new Set<string>();
  private readonly targets = new Set<string>();

  /** The id of a thing. An ordinary name is kept, so that people can write links by hand: `#rule-S3.Versioning`. */
  of(kind: AnchorKind, name: string): string {
    const key = `${kind} ${name}`;
    const known = this.given.get(key);
    if (known !== undefined) return known;
    const id = this.free(slug(kind, name));
    this.given.set(key, id);
    return id;
  }

  /** Says that the document will hold this thing, so that links to it may be written. */
  add(kind: AnchorKind, name: string): void {
    this.targets.add(this.of(kind, name));
  }

  /** The fragment that leads to a thing, or nothing when the document does not hold it. */
  link(kind: AnchorKind, name: string): string | undefined {
    const id = this.of(kind, name);
    return this.targets.has(id) ? `#${id}` : undefined;
  }

  private free(wanted: string): string {
    let id = wanted;
    for (let number = 2; this.taken.has(id); number++) id = `${wanted}-${number}`;
    this.taken.add(id);
    return id;
  }
}

function slug(kind: AnchorKind, name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, LONGEST);
  return plain === name ? `${kind}-${plain}` : `${kind}-${plain}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}
