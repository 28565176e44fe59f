import { AwsDefault, saidOf } from './aws-default';
import { completedBy, valueBelow } from './descend';
import type { Evaluation } from './evaluation';
import type { Evidence } from './evidence';
import { nameTruth } from './names';
import { joined, shortPath, split } from './paths';
import { Policy } from './policy';
import { ResourceReader } from './resource-reader';
import { equal, isEmpty, isNumeric } from './scalars';
import { keyAt, showValue } from './show';
import { isAnyText, isOneText, parameterOf, ParameterSource } from './text-parts';
import { all, any, Truth } from './truth';
import { elementsOf, intrinsicOf, plainOf } from '../../template/intrinsics';
import { isObject, Json, kindOf } from '../../template/json';
import type { Template } from '../../template/model';
import { ABSENT, isReference, Part, referenceOf, unknownIn, UnknownPart, Value } from '../../template/value';

/**
 * A place in a resource and what stands there. Every question asked of it records the path and the value as evidence,
 * and every answer is three-valued: a value known only at deployment never counts as yes or no unless its known part decides.
 */
export class Property {
  // Many rules walk the same policy documents, so a place keeps what was found below it: a chain, as there are hardly ever more than a few.
  private firstChild?: Property;
  private nextSibling?: Property;
  private key = '';
  private elements?: { items: Property[]; open?: string };
  private knownTexts?: readonly string[] | null;
  private pairs?: { items: { key: string; value: Property }[]; open?: string };
  private defaulted?: Property;
  private asPolicy?: Policy;
  /** How it stands in the ledger, once somebody has asked. */
  evidence?: readonly [Evidence];

  constructor(protected readonly evaluation: Evaluation, readonly path: string, readonly value: Value, private readonly said?: string) {}

  /** What is to be said of where the value comes from: a parameter's default, a default that AWS applies. */
  get note(): string | undefined {
    return this.said ?? (this.value.kind === 'known' || this.value.kind === 'text' ? this.value.origin?.note : undefined);
  }

  /** Descends along keys or list positions: `A.B`, `Items.0`. What is below an absent place is absent, below an unknown one unknown. */
  get(path: string): Property {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    let at: Property = this;
    for (const key of split(path)) at = at.child(key);
    return at;
  }

  private child(key: string): Property {
    for (let found = this.firstChild; found; found = found.nextSibling) if (found.key === key) return found;
    const made = new Property(this.evaluation, joined(this.path, key), valueBelow(this.value, key, this.path, this.evaluation.world));
    made.key = key;
    made.nextSibling = this.firstChild;
    this.firstChild = made;
    return made;
  }

  /** What AWS does when the property is absent, with the source of that fact. With `requireExplicit` an absent property stays absent. */
  awsDefault(fact: AwsDefault): Property {
    if (this.value.kind !== 'absent' || this.evaluation.options.requireExplicit) return this;
    const said = saidOf(fact);
    // Kept, so that what two questions of one rule read is one piece of evidence.
    if (this.defaulted?.scalar !== fact.value || this.defaulted?.said !== said) {
      this.defaulted = new Property(this.evaluation, this.path, { kind: 'known', json: fact.value as Json, template: this.evaluation.subject.template }, said);
    }
    return this.defaulted;
  }

  private record(): void {
    this.evaluation.record(this);
  }

  /** Records the place without asking anything of it. */
  seen(): this {
    this.record();
    return this;
  }

  private wanted(expected: () => string): Truth {
    return Truth.no(() => {
      const name = shortPath(this.path);
      return this.value.kind === 'absent' ? `${name} is absent, expected ${expected()}` : `${name} is ${showValue(this.value, keyAt(this.path))}, expected ${expected()}`;
    });
  }

  private unsure(): Truth {
    return Truth.unknown(() => `${shortPath(this.path)}: ${this.unknownPart()?.reason ?? 'its value is known at deployment'}`);
  }

  private unknownPart(): UnknownPart | undefined {
    if (this.value.kind === 'unknown') return this.value.part;
    return this.value.kind === 'text' ? unknownIn(this.value.parts) : undefined;
  }

  /** The scalar that is known to stand here. */
  get scalar(): string | number | boolean | undefined {
    return this.value.kind === 'known' && typeof this.value.json !== 'object' ? this.value.json : undefined;
  }

  /** A question to the scalar: absent and wrong kinds are no, what is not known is open. */
  private ask(test: (scalar: string | number | boolean) => boolean, expected: () => string): Truth {
    this.record();
    const { value } = this;
    if (value.kind === 'absent') return this.wanted(expected);
    if (value.kind !== 'known' || typeof value.json === 'object') return this.unanswered();
    return test(value.json) ? Truth.YES : this.wanted(expected);
  }

  /**
   * A partly known text is not what lacks its known pieces: `arn:${AWS::Partition}:iam::…` is no `*`. Nor is a resource's name or a
   * pseudo parameter a text without a letter or a digit.
   */
  private cannotBe(expected: string | number | boolean): boolean {
    const { value } = this;
    const parts = value.kind === 'text' ? value.parts : value.kind === 'unknown' ? [value.part] : [];
    return parts.some((part) => {
      if (typeof part === 'string') return typeof expected === 'number' ? /[^\d.e+\-\s]/i.test(part) : !String(expected).includes(typeof expected === 'boolean' ? part.toLowerCase() : part);
      return typeof expected === 'string' && (isReference(part) ? !isAnyText(part) : part.dangling !== undefined || (part.parameter?.startsWith('AWS::') === true && part.present !== false)) && !/[a-z\d]/i.test(expected);
    });
  }

  /** Equal, as CloudFormation compares: `true`, `"true"` and `"True"` are one, and so are `7` and `"7"`. */
  is(expected: string | number | boolean): Truth {
    const { value } = this;
    this.record();
    // The commonest question of all, so nothing is made for its commonest answers.
    if (value.kind === 'known' && typeof value.json !== 'object') return equal(value.json, expected) ? Truth.YES : this.wantedValue(expected);
    if (value.kind === 'absent' || this.cannotBe(expected)) return this.wantedValue(expected);
    return this.unanswered();
  }

  private wantedValue(expected: string | number | boolean): Truth {
    return this.wanted(() => JSON.stringify(expected));
  }

  /** The answer where no single value is known to stand. */
  private unanswered(): Truth {
    const { value } = this;
    if (value.kind === 'known') return Truth.unknown(() => `${shortPath(this.path)} is ${kindOf(value.json)}, where a single value was expected`);
    return value.kind === 'list' ? Truth.unknown(() => `${shortPath(this.path)} is a list, where a single value was expected`) : this.unsure();
  }

  /** Not equal; an absent property is not equal to anything. */
  isNot(unwanted: string | number | boolean): Truth {
    if (this.value.kind === 'absent' || this.cannotBe(unwanted)) {
      this.record();
      return Truth.YES;
    }
    return this.ask((scalar) => !equal(scalar, unwanted), () => `anything but ${JSON.stringify(unwanted)}`);
  }

  isTrue(): Truth {
    return this.is(true);
  }

  /** Known to be false; an absent property is no. */
  isFalse(): Truth {
    return this.is(false);
  }

  oneOf(allowed: readonly (string | number)[]): Truth {
    const says = () => `one of ${allowed.join(', ')}`;
    if (allowed.every((one) => this.cannotBe(one))) return this.seen().wanted(says);
    return this.ask((scalar) => allowed.some((one) => equal(scalar, one)), says);
  }

  atLeast(least: number): Truth {
    return this.ask((scalar) => isNumeric(scalar) && Number(scalar) >= least, () => `at least ${least}`);
  }

  atMost(most: number): Truth {
    return this.ask((scalar) => isNumeric(scalar) && Number(scalar) <= most, () => `at most ${most}`);
  }

  /** Something is set here. A value that deployment supplies counts as set, an empty text or list does not. */
  isPresent(): Truth {
    this.record();
    const { value } = this;
    switch (value.kind) {
      case 'absent': return Truth.no(() => `${shortPath(this.path)} is absent`);
      case 'unknown': return value.part.present === false ? this.unsure() : Truth.YES;
      case 'known': return Truth.of(!isEmpty(value.json) && !this.allLeftOut(value.json), () => `${shortPath(this.path)} is empty`);
      case 'list': return value.items.length || value.rest ? Truth.YES : Truth.no(`${shortPath(this.path)} is empty`);
      case 'text': return Truth.YES;
    }
  }

  /** True for a list or object of which every element is left out in this world, by `AWS::NoValue` say. */
  private allLeftOut(json: Json): boolean {
    if (typeof json !== 'object' || json === null) return false;
    const values = Array.isArray(json) ? json : Object.values(json);
    if (!values.every((one) => one === null || (isObject(one) && intrinsicOf(one) !== undefined))) return false;
    const { items, open } = Array.isArray(json) ? this.list() : this.entries();
    return items.length === 0 && open === undefined;
  }

  isAbsent(): Truth {
    const present = this.isPresent();
    if (present.yes) return Truth.no(() => `${shortPath(this.path)} is ${showValue(this.value, keyAt(this.path))}, expected none`);
    return present.no ? Truth.YES : present;
  }

  /** The text matches. A partly known text decides only when `decide` can tell from its pieces. */
  matches(pattern: RegExp, expected: string): Truth {
    return this.ask((scalar) => pattern.test(String(scalar)), () => expected);
  }

  startsWith(prefix: string): Truth {
    return this.pieces((parts) => {
      const first = parts[0];
      if (typeof first !== 'string') return undefined;
      if (first.length >= prefix.length || parts.length === 1) return first.startsWith(prefix);
      return prefix.startsWith(first) ? undefined : false;
    }, `text starting with ${prefix}`);
  }

  endsWith(suffix: string): Truth {
    return this.pieces((parts) => {
      const last = parts[parts.length - 1];
      if (typeof last !== 'string') return undefined;
      if (last.length >= suffix.length || parts.length === 1) return last.endsWith(suffix);
      return suffix.endsWith(last) ? undefined : false;
    }, `text ending with ${suffix}`);
  }

  includes(text: string): Truth {
    return this.pieces((parts) => {
      if (parts.some((part) => typeof part === 'string' && part.includes(text))) return true;
      return parts.every((part) => typeof part === 'string') ? false : undefined;
    }, `text with ${text} in it`);
  }

  private pieces(decide: (parts: readonly Part[]) => boolean | undefined, expected: string): Truth {
    const { value } = this;
    if (value.kind !== 'text') return this.ask((scalar) => decide([String(scalar)]) === true, () => expected);
    this.record();
    const decided = decide(value.parts);
    return decided === undefined ? this.unsure() : decided ? Truth.YES : this.wanted(() => expected);
  }

  /** The parts of the text that stands here: one string when it is known. Empty when there is no text. */
  get parts(): readonly Part[] {
    const { value } = this;
    if (value.kind === 'text') return value.parts;
    if (value.kind === 'unknown') return [value.part];
    return this.scalar === undefined ? [] : [String(this.scalar)];
  }

  /** The same, of the text that was to be written in Base64. */
  get plainParts(): readonly Part[] {
    const { value } = this;
    return (value.kind === 'unknown' && value.part.encodes) || this.parts;
  }

  /** A secret that is looked up at deployment: a dynamic reference to Secrets Manager or a SecureString. */
  isDynamicSecret(): boolean {
    return this.parts.some((part) => typeof part === 'object' && !isReference(part) && (part.dynamic === 'secretsmanager' || part.dynamic === 'ssm-secure'));
  }

  /** The parameter that the value comes from, if it is one. */
  get parameter(): ParameterSource | undefined {
    return parameterOf(this.value, this.evaluation.subject.template);
  }

  /** The resource that stands here as a whole `Ref` or `Fn::GetAtt`, when the templates given hold it. */
  target(): ResourceReader | undefined {
    this.record();
    const reference = referenceOf(this.value);
    return reference && this.evaluation.reader(reference.target);
  }

  /** An attribute of a resource stands here, though the template does not define it: a part of a larger one, say. */
  get readOffResource(): boolean {
    return this.value.kind === 'unknown' && this.value.part.dangling === 'Fn::GetAtt';
  }

  /** The attribute of the reference that stands here. */
  get attribute(): string | undefined {
    return referenceOf(this.value)?.attribute;
  }

  /** Whether this place names a resource: by reference, by its ARN or by the physical name that its template gives it. */
  names(target: ResourceReader): Truth {
    this.record();
    const elements = elementsOf(this.value, this.evaluation.world);
    if (elements && this.value.kind !== 'unknown') {
      return any([...elements.items.map((item) => nameTruth(item, target.resource, this.evaluation.world)),
        ...elements.rest ? [Truth.unknown(elements.rest)] : []], 'it is not named');
    }
    return nameTruth(this.value, target.resource, this.evaluation.world);
  }

  /** The elements of a list; a single value stands for a list of one. `open` says why there may be more. */
  list(): { items: Property[]; open?: string } {
    const { value } = this;
    if (value.kind === 'absent') return { items: [] };
    if (!this.elements) {
      const elements = isOneText(value) ? undefined : elementsOf(value, this.evaluation.world);
      this.elements = elements
        ? { items: elements.items.map((item, at) => new Property(this.evaluation, joined(this.path, String(at)), item)), open: elements.rest }
        : { items: [this] };
    }
    return this.elements;
  }

  /** The elements of a list, or the one value that stands for it, when all of them are known texts. */
  get texts(): readonly string[] | undefined {
    if (this.knownTexts === undefined) {
      const { items, open } = this.list();
      const texts = open === undefined ? items.map((item) => item.scalar).filter((scalar) => typeof scalar === 'string') : [];
      this.knownTexts = open === undefined && texts.length === items.length ? texts : null;
    }
    return this.knownTexts ?? undefined;
  }

  /** Every element answers yes; an empty list does too. */
  every(check: (item: Property) => Truth): Truth {
    const { items, open } = this.list();
    if (!items.length) this.record();
    const truths = items.map(check);
    if (open !== undefined) truths.push(Truth.unknown(() => `${shortPath(this.path)}: ${open}`));
    return all(...truths);
  }

  /** Some element answers yes. */
  some(check: (item: Property) => Truth, none?: string): Truth {
    const { items, open } = this.list();
    if (!items.length) this.record();
    const truths = items.map(check);
    if (open !== undefined) truths.push(Truth.unknown(() => `${shortPath(this.path)}: ${open}`));
    return any(truths, none ?? (() => `${shortPath(this.path)} is ${this.value.kind === 'absent' ? 'absent' : 'empty'}`));
  }

  /** The key-value pairs of an object, each value a place of its own. `open` says why there may be more. */
  entries(): { items: { key: string; value: Property }[]; open?: string } {
    const { value } = this;
    if (value.kind === 'absent') return { items: [] };
    if (value.kind === 'unknown') return { items: [], open: value.part.reason };
    if (value.kind !== 'known' || !isObject(value.json)) return { items: [], open: `${shortPath(this.path)} is not known to be an object` };
    if (!this.pairs) {
      const items: { key: string; value: Property }[] = [];
      for (const key of Object.keys(value.json)) {
        const found = key.startsWith('Fn::') ? ABSENT : valueBelow(value, key, this.path, this.evaluation.world);
        if (found.kind !== 'absent') items.push({ key, value: new Property(this.evaluation, joined(this.path, key), found) });
      }
      this.pairs = { items, open: completedBy(value.json) };
    }
    return this.pairs;
  }

  /** The number of elements lies in a range. */
  count(least: number): Truth {
    this.record();
    const { items, open } = this.list();
    if (items.length >= least) return Truth.YES;
    // An attribute of a resource may be a list.
    if (this.attribute !== undefined) return this.unsure();
    return open ? Truth.unknown(`${shortPath(this.path)}: ${open}`) : Truth.no(`${shortPath(this.path)} has ${items.length} element${items.length === 1 ? '' : 's'}, expected at least ${least}`);
  }

  /** The value with everything below it resolved, when all of it is known. */
  plain(): Json | undefined {
    this.record();
    return plainOf(this.value, this.evaluation.world);
  }

  /** Reads an IAM policy document that stands here. */
  policy(): Policy {
    return this.asPolicy ??= new Policy(this);
  }

  /** What the text that stands here holds, as a place of its own: it is read where the text is. */
  holding(json: Json, template?: Template): Property {
    const { evaluation, path, value } = this;
    return new Property(evaluation, path, { kind: 'known', json, template: template ?? (value.kind === 'known' ? value.template : evaluation.subject.template) });
  }

  /** True when nothing stands here. Unlike `isAbsent` it asks of the shape only and records nothing. */
  get missing(): boolean {
    return this.value.kind === 'absent';
  }

  /** True when what stands here, or whether anything does, is known only at deployment. */
  get undecided(): boolean {
    return this.value.kind === 'unknown';
  }

  /** An answer of "not known" with this place's reason. */
  openTruth(): Truth {
    this.record();
    return this.unsure();
  }

  /** True when the value is an object that is a plain map. */
  get isMap(): boolean {
    return this.value.kind === 'known' && isObject(this.value.json) && intrinsicOf(this.value.json) === undefined;
  }
}
