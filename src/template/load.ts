import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { extname, isAbsolute, join, relative, resolve as absolute, sep } from 'node:path';
import { loadAssembly } from './assembly';
import { isObject, JsonObject, kindOf, own } from './json';
import { DEFAULT_LIMITS, Limits } from './limits';
import { link } from './link';
import { expandMacros, opaqueTransforms } from './macros';
import { Model, Template, TemplateContext, Unit } from './model';
import { InputError, OtherDocument, parseObject } from './parse';
import { compareText } from './text';

const EXTENSIONS = new Set(['.json', '.yaml', '.yml', '.template']);
const SKIPPED = new Set(['node_modules', '.git']);

export interface LoadOptions {
  /** Parameter values for every template that declares the parameter. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly limits?: Partial<Limits>;
}

/**
 * Reads cloud assemblies, templates and directories of templates into one model. A file that cannot be read becomes an input with an error.
 *
 * @throws InputError when a path does not exist, or nothing given is a template.
 */
export function loadInputs(paths: readonly string[], options: LoadOptions = {}): Model {
  const loader = new Loader(options);
  for (const path of paths) loader.read(path);
  return loader.finish();
}

/** Fills a model, one template at a time. */
export class Loader {
  readonly model = new Model();
  readonly limits: Limits;
  private readonly taken = new Map<string, number>();
  private readonly acknowledged = new Set<string>();
  // Several nested stacks may be made of one file.
  private readonly known = new Map<string, { raw: JsonObject; digest: Digest }>();
  private files = 0;
  private bytes = 0;

  constructor(private readonly options: LoadOptions = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
  }

  read(path: string): void {
    if (!existsSync(path)) throw new InputError(`${path}: no such file or directory`);
    const stats = statSync(path);
    if (!stats.isDirectory()) {
      // A pipe may be given by hand (`<(…)` in a shell), a terminal or a disk may not.
      if (!stats.isFile() && !stats.isFIFO()) throw new InputError(`${path}: not a file`);
      this.addFile(path, path, this.newUnit(), {}, true);
      return;
    }
    const before = this.model.inputs.length;
    this.readDirectory(path, path, 0);
    if (this.model.inputs.length === before) throw new InputError(`${path}: holds no cloud assembly and no CloudFormation template (.json, .yaml, .yml, .template)`);
  }

  /** Links what was read. Call it once, last. */
  finish(): Model {
    link(this.model);
    return this.model;
  }

  newUnit(): Unit {
    const unit = new Unit(this.model);
    this.model.units.push(unit);
    return unit;
  }

  private readDirectory(root: string, directory: string, depth: number): void {
    if (isAssembly(directory)) {
      loadAssembly(this, directory, root);
      return;
    }
    try {
      if (depth > 32) throw new InputError('folders are nested deeper than 32 levels');
      for (const entry of readdirSync(directory, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name))) {
        const { name } = entry;
        const path = join(directory, name);
        if (entry.isDirectory()) {
          if (!SKIPPED.has(name) && !name.startsWith('asset.')) this.readDirectory(root, path, depth + 1);
        } else if (entry.isFile() && EXTENSIONS.has(extname(name).toLowerCase())) {
          this.addFile(path, relative(root, path), this.newUnit(), {}, false);
        }
      }
    } catch (error) {
      if (error instanceof TooMuch) throw error;
      this.fail(relative(root, directory) || '.', '', {}, error);
    }
  }

  /** Counts what is read: one small file may be named by an assembly again and again. */
  charge(bytes: number): void {
    this.bytes += bytes;
    if (++this.files > this.limits.files) throw new TooMuch(`more than ${this.limits.files} files`);
    if (this.bytes > this.limits.totalBytes) throw new TooMuch(`more than ${this.limits.totalBytes} bytes in all files`);
  }

  /** Reads one template file. With `must`, a file that is no template is an error; else it is passed over. */
  addFile(path: string, name: string, unit: Unit, context: TemplateContext, must: boolean): Template | undefined {
    const before = this.known.get(path);
    if (before) {
      this.charge(before.digest.bytes);
      return this.place(name, before.raw, unit, context, before.digest);
    }
    let bytes: Buffer | undefined;
    try {
      const stats = statSync(path);
      // A pipe is read only where it was given by hand: one that an assembly names would hold up the reader for ever.
      if (!stats.isFile() && !(stats.isFIFO() && path === name)) throw new InputError('not a file');
      if (stats.size > this.limits.bytes) throw new InputError(`larger than ${this.limits.bytes} bytes`);
      this.charge(stats.size);
      bytes = readFileSync(path);
      const raw = parseObject(decode(bytes), this.limits);
      if (!must && !looksLikeTemplate(raw)) return undefined;
      const made = { raw, digest: digestOf(bytes) };
      if (must) this.known.set(path, made);
      return this.place(name, raw, unit, context, made.digest);
    } catch (error) {
      if (error instanceof TooMuch) throw error;
      if (must || matters(error, bytes)) this.fail(name, bytes ?? '', context, error);
      return undefined;
    }
  }

  /** Adds a template that is in memory already. `text` is what its hash is taken of. */
  addTemplate(name: string, raw: JsonObject, unit: Unit, context: TemplateContext, text: string): Template | undefined {
    return this.place(name, raw, unit, context, digestOf(text));
  }

  private place(name: string, raw: JsonObject, unit: Unit, context: TemplateContext, digest: Digest): Template | undefined {
    const path = this.unique(name);
    try {
      const resources = own(raw, 'Resources');
      if (!isObject(resources)) {
        throw new InputError(`not a CloudFormation template: "Resources" is ${resources === undefined ? 'missing' : kindOf(resources)}, expected an object`);
      }
      const notes: string[] = [];
      const template = new Template(path, expandMacros(raw, this.limits, notes, this.options.parameters), context);
      for (const note of notes) this.model.limitations.push({ code: 'macro', text: note, affects: [path] });
      for (const [id, kind] of template.ignored) {
        this.model.limitations.push({ code: 'resource', text: `${JSON.stringify(id)} in Resources is ${kind}, expected an object: it is not in the population`, affects: [path] });
      }
      for (const macro of opaqueTransforms(raw)) {
        this.model.limitations.push({ code: 'macro', text: `the macro ${macro} may change the template at deployment; verdicts are about the template before it`, affects: [path] });
      }
      this.give(template);
      unit.add(template);
      this.model.templates.push(template);
      this.model.inputs.push({ path, ...digest, stack: context.stackName, account: context.account, region: context.region });
      return template;
    } catch (error) {
      this.failed(path, digest, context, error);
      return undefined;
    }
  }

  private give(template: Template): void {
    const given = this.options.parameters ?? {};
    for (const name of Object.keys(given)) {
      if (template.parameters.has(name)) {
        template.given.set(name, { kind: 'known', json: given[name], template, origin: { note: `parameter ${name}, given`, parameter: name, secret: template.parameters.get(name)!.noEcho } });
      }
    }
  }

  /** Notes an acknowledgement, once for each construct and rule. */
  acknowledge(id: string, scope: string, reason: unknown): void {
    const key = JSON.stringify([id, scope]);
    if (this.acknowledged.has(key)) return;
    this.acknowledged.add(key);
    this.model.acknowledgements.push({ id, scope, reason: typeof reason === 'string' && reason !== '' ? reason : undefined });
  }

  fail(path: string, text: string | Buffer, context: TemplateContext, error: unknown): void {
    this.failed(path, digestOf(text), context, error);
  }

  private failed(path: string, digest: Digest, context: TemplateContext, error: unknown): void {
    const message = error instanceof InputError ? error.message
      : error instanceof RangeError ? 'nested too deeply to read' : readingError(error);
    this.model.inputs.push({ path, ...digest, stack: context.stackName, account: context.account, region: context.region, error: message });
  }

  /** Two folders given at once may hold files of the same name: the later one keeps more of its path. */
  private unique(name: string): string {
    const plain = name.split(sep).join('/');
    let path = plain;
    for (let n = this.taken.get(plain) ?? 1; this.taken.has(path); n++) {
      path = `${plain}~${n + 1}`;
      this.taken.set(plain, n + 1);
    }
    this.taken.set(path, 1);
    return path;
  }
}

/** More was named than is read at once: nothing of it is judged, as nobody could tell what is missing. */
export class TooMuch extends InputError {}

/** The messages of Node name absolute paths, which differ between machines; a ledger must not. */
function readingError(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'the file does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return `cannot be read: ${code ?? message}`;
}

/** A word without which a text is no template, broken or not. */
const MENTIONS_TEMPLATE = /\bResources\b|AWSTemplateFormatVersion/;

/** Whether a file that cannot be read matters in a folder of many: not when it is sound but something else, nor when it cannot have been a template. */
function matters(error: unknown, bytes: Buffer | undefined): boolean {
  if (error instanceof OtherDocument) return false;
  return bytes === undefined || isBinary(bytes) || MENTIONS_TEMPLATE.test(bytes.toString());
}

function isBinary(bytes: Buffer): boolean {
  return bytes.includes(0);
}

function decode(bytes: Buffer): string {
  if (/^(fffe|feff)/.test(bytes.toString('hex', 0, 2))) throw new InputError('the text is UTF-16, expected UTF-8');
  if (isBinary(bytes)) throw new InputError('the file is binary, expected text');
  return bytes.toString();
}

interface Digest { readonly sha256: string; readonly bytes: number }

function digestOf(text: string | Buffer): Digest {
  return { sha256: createHash('sha256').update(text).digest('hex'), bytes: Buffer.byteLength(text) };
}

function looksLikeTemplate(raw: JsonObject): boolean {
  if (own(raw, 'AWSTemplateFormatVersion') !== undefined) return true;
  const resources = own(raw, 'Resources');
  return isObject(resources) && Object.keys(resources).some((id) => {
    const resource = resources[id];
    return id.startsWith('Fn::ForEach::') || id === 'Fn::Transform' || (isObject(resource) && typeof own(resource, 'Type') === 'string');
  });
}

/** Manifests and metadata of large apps outgrow templates, so they get more room. */
export const MOST_MANIFEST_BYTES = 128 * 1024 * 1024;

function isAssembly(directory: string): boolean {
  const manifest = join(directory, 'manifest.json');
  try {
    // CDK marks its assemblies; one whose manifest is broken or gone is not a folder of loose templates.
    if (statSync(join(directory, 'cdk.out'), { throwIfNoEntry: false })?.isFile()) return true;
    const stats = statSync(manifest, { throwIfNoEntry: false });
    if (!stats?.isFile()) return false;
    if (stats.size > MOST_MANIFEST_BYTES) return true;
    const head = readFileSync(manifest, 'utf8');
    return head.includes('"artifacts"') && head.includes('"version"');
  } catch {
    return false;
  }
}

/**
 * A path named inside an assembly, made safe: it may not leave the assembly's directory, through `..`, an absolute path or a link.
 *
 * @throws InputError when it does.
 */
export function insideDirectory(directory: string, named: string): string {
  const path = absolute(directory, named);
  const outside = (from: string, to: string): boolean => {
    const way = relative(from, to);
    return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
  };
  if (outside(absolute(directory), path)) throw new InputError(`${JSON.stringify(named)} leaves the directory of the assembly`);
  if (existsSync(path) && outside(realpathSync(directory), realpathSync(path))) throw new InputError(`${JSON.stringify(named)} is a link out of the assembly`);
  return path;
}

