import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { extname, isAbsolute, join, relative, resolve as absolute, sep } from 'node:path';
import { loadAssembly } from './assembly';
import { isObject, JsonObject, own } from './json';
import { DEFAULT_LIMITS, Limits } from './limits';
import { link } from './link';
import { expandMacros, opaqueTransforms } from './macros';
import { Model, Template, TemplateContext, Unit } from './model';
import { InputError, parseObject } from './parse';

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
  private readonly taken = new Set<string>();
  private files = 0;

  constructor(private readonly options: LoadOptions = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
  }

  read(path: string): void {
    if (!existsSync(path)) throw new InputError(`${path}: no such file or directory`);
    if (!statSync(path).isDirectory()) {
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
    if (depth > 32) return;
    for (const name of readdirSync(directory).sort()) {
      const path = join(directory, name);
      const entry = lstatSync(path);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(name) && !name.startsWith('asset.')) this.readDirectory(root, path, depth + 1);
      } else if (entry.isFile() && EXTENSIONS.has(extname(name).toLowerCase())) {
        if (++this.files > this.limits.files) throw new InputError(`${root}: more than ${this.limits.files} files`);
        this.addFile(path, relative(root, path), this.newUnit(), {}, false);
      }
    }
  }

  /** Reads one template file. With `must`, a file that is no template is an error; else it is passed over. */
  addFile(path: string, name: string, unit: Unit, context: TemplateContext, must: boolean): Template | undefined {
    let text: string;
    try {
      const { size } = statSync(path);
      if (size > this.limits.bytes) throw new InputError(`larger than ${this.limits.bytes} bytes`);
      text = readFileSync(path, 'utf8');
    } catch (error) {
      this.fail(name, '', context, error);
      return undefined;
    }
    let raw: JsonObject;
    try {
      raw = parseObject(text, this.limits);
    } catch (error) {
      // A broken file in a folder of many is reported; one that is sound but something else (a package.json) is not.
      this.fail(name, text, context, error);
      return undefined;
    }
    if (!must && !looksLikeTemplate(raw)) return undefined;
    return this.addTemplate(name, raw, unit, context, text);
  }

  /** Adds a template that is in memory already. `text` is what its hash is taken of. */
  addTemplate(name: string, raw: JsonObject, unit: Unit, context: TemplateContext, text: string): Template | undefined {
    const path = this.unique(name);
    try {
      const resources = own(raw, 'Resources');
      if (!isObject(resources)) {
        throw new InputError(`not a CloudFormation template: "Resources" is ${resources === undefined ? 'missing' : Array.isArray(resources) ? 'a list' : `a ${typeof resources}`}, expected an object`);
      }
      const notes: string[] = [];
      const template = new Template(path, expandMacros(raw, this.limits, notes), context);
      for (const note of notes) this.model.limitations.push({ code: 'macro', text: note, affects: [path] });
      for (const macro of opaqueTransforms(raw)) {
        this.model.limitations.push({ code: 'macro', text: `the macro ${macro} may change the template at deployment; verdicts are about the template before it`, affects: [path] });
      }
      this.give(template);
      unit.add(template);
      this.model.templates.push(template);
      this.model.inputs.push({ path, ...digest(text), stack: context.stackName, account: context.account, region: context.region });
      return template;
    } catch (error) {
      this.fail(path, text, context, error);
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
    const { acknowledgements } = this.model;
    if (acknowledgements.some((other) => other.id === id && other.scope === scope)) return;
    acknowledgements.push({ id, scope, reason: typeof reason === 'string' && reason !== '' ? reason : undefined });
  }

  fail(path: string, text: string, context: TemplateContext, error: unknown): void {
    const message = error instanceof InputError ? error.message
      : error instanceof RangeError ? 'nested too deeply to read' : `cannot be read: ${(error as Error).message}`;
    this.model.inputs.push({ path, ...digest(text), stack: context.stackName, account: context.account, region: context.region, error: message });
  }

  /** Two folders given at once may hold files of the same name: the later one keeps more of its path. */
  private unique(name: string): string {
    const plain = name.split(sep).join('/');
    let path = plain;
    for (let n = 2; this.taken.has(path); n++) path = `${plain}~${n}`;
    this.taken.add(path);
    return path;
  }
}

function digest(text: string): { sha256: string; bytes: number } {
  return { sha256: createHash('sha256').update(text).digest('hex'), bytes: Buffer.byteLength(text) };
}

function looksLikeTemplate(raw: JsonObject): boolean {
  if (own(raw, 'AWSTemplateFormatVersion') !== undefined) return true;
  const resources = own(raw, 'Resources');
  return isObject(resources) && Object.keys(resources).some((id) => {
    const resource = resources[id];
    return id.startsWith('Fn::ForEach::') || (isObject(resource) && typeof own(resource, 'Type') === 'string');
  });
}

function isAssembly(directory: string): boolean {
  const manifest = join(directory, 'manifest.json');
  if (!existsSync(manifest)) return false;
  try {
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
    return way.startsWith('..') || isAbsolute(way);
  };
  if (outside(absolute(directory), path)) throw new InputError(`${JSON.stringify(named)} leaves the directory of the assembly`);
  if (existsSync(path) && outside(realpathSync(directory), realpathSync(path))) throw new InputError(`${JSON.stringify(named)} is a link out of the assembly`);
  return path;
}

