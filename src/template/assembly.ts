import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { isObject, Json, JsonObject, own } from './json';
import { insideDirectory, Loader, MOST_MANIFEST_BYTES, TooMuch } from './load';
import { Template, TemplateContext, Unit } from './model';
import { InputError, parseObject } from './parse';

/** Reads a cloud assembly: every stack of its manifest, nested assemblies (Stages) and nested stacks. */
export function loadAssembly(loader: Loader, directory: string, root: string): void {
  readManifest(loader, directory, root, new Set());
  readSuppressions(loader, directory);
}

const MOST_ASSEMBLIES = 1000;
const MOST_LEVELS = 32;

/** Each assembly is a unit of its own: a Stage is deployed apart, so what stands in `Dev` says nothing of `Prod`. */
function readManifest(loader: Loader, directory: string, root: string, seen: Set<string>): void {
  const unit = loader.newUnit();
  const manifestPath = join(directory, 'manifest.json');
  const name = relative(root, manifestPath) || 'manifest.json';
  let artifacts: Json | undefined;
  try {
    // Each is read once: an assembly that names itself, or another one ten times over, would never end.
    const place = realpathSync(directory);
    if (seen.has(place)) throw new InputError('the assembly is named more than once');
    if (seen.size >= MOST_ASSEMBLIES) throw new InputError(`more than ${MOST_ASSEMBLIES} assemblies`);
    seen.add(place);
    artifacts = own(readJson(loader, manifestPath), 'artifacts');
    if (!isObject(artifacts)) throw new InputError('not a cloud assembly manifest: "artifacts" is not an object');
  } catch (error) {
    if (error instanceof TooMuch) throw error;
    loader.fail(name, '', {}, error);
    return;
  }
  for (const id of Object.keys(artifacts).sort()) {
    const artifact = artifacts[id];
    if (!isObject(artifact)) continue;
    try {
      if (artifact.type === 'aws:cloudformation:stack') {readStack(loader, directory, root, unit, id, artifact);} else if (artifact.type === 'cdk:cloud-assembly') {
        const named = isObject(artifact.properties) ? own(artifact.properties, 'directoryName') : undefined;
        if (typeof named !== 'string') throw new InputError(`the artifact ${id} names no directory`);
        readManifest(loader, insideDirectory(directory, named), root, seen);
      }
    } catch (error) {
      if (error instanceof TooMuch) throw error;
      loader.fail(`${name}#${id}`, '', {}, error);
    }
  }
}

function readJson(loader: Loader, path: string): JsonObject {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new InputError(`${basename(path)} does not exist`);
  if (!stats.isFile()) throw new InputError(`${basename(path)} is not a file`);
  if (stats.size > MOST_MANIFEST_BYTES) throw new InputError(`larger than ${MOST_MANIFEST_BYTES} bytes`);
  loader.charge(stats.size);
  return parseObject(readFileSync(path, 'utf8'), { ...loader.limits, bytes: MOST_MANIFEST_BYTES });
}

function readStack(loader: Loader, directory: string, root: string, unit: Unit, id: string, artifact: JsonObject): void {
  const properties = isObject(artifact.properties) ? artifact.properties : {};
  const file = own(properties, 'templateFile');
  if (typeof file !== 'string') throw new InputError(`the stack ${id} names no template file`);
  const path = insideDirectory(directory, file);
  const named = own(properties, 'stackName');
  const display = own(artifact, 'displayName');
  const context: TemplateContext = {
    ...environmentOf(own(artifact, 'environment')),
    stackName: typeof named === 'string' ? named : id,
    constructPath: typeof display === 'string' ? display.split(' ')[0] : id,
  };
  const template = loader.addFile(path, relative(root, path), unit, context, true);
  if (!template) return;
  const names = new MetadataNames(process.cwd());
  const read = (metadata: JsonObject) => {
    names.add(metadata);
    readAcknowledgements(loader, metadata);
  };
  if (isObject(artifact.metadata)) read(artifact.metadata);
  const extra = own(artifact, 'additionalMetadataFile');
  if (typeof extra === 'string') read(readJson(loader, insideDirectory(directory, extra)));
  nameResources(template, names);
  readNested(loader, dirname(path), root, unit, template, names, [path]);
}

/** `aws://account/region`; `unknown-account` and `unknown-region` mean that deployment decides. */
function environmentOf(raw: Json | undefined): { account?: string; region?: string } {
  const match = typeof raw === 'string' ? /^aws:\/\/([^/]+)\/([^/]+)$/.exec(raw) : null;
  const known = (text: string | undefined) => (text && !text.startsWith('unknown-') ? text : undefined);
  return { account: known(match?.[1]), region: known(match?.[2]) };
}

/** Nested stacks lie beside their parent; the parent's resource names the file in its metadata. */
function readNested(loader: Loader, directory: string, root: string, unit: Unit, parent: Template, names: MetadataNames, above: readonly string[]): void {
  for (const resource of parent.resources.values()) {
    if (resource.type !== 'AWS::CloudFormation::Stack') continue;
    const metadata = own(resource.raw, 'Metadata');
    const file = (isObject(metadata) ? own(metadata, 'aws:asset:path') : undefined)
      ?? assetFile(loader, directory, resource.properties && own(resource.properties, 'TemplateURL'));
    if (typeof file !== 'string') continue;
    try {
      const path = insideDirectory(directory, file);
      if (above.length > MOST_LEVELS) throw new InputError(`nested stacks are nested deeper than ${MOST_LEVELS} levels`);
      if (above.includes(path)) throw new InputError('a nested stack is made of the template that it is in');
      const { account, region } = parent.context;
      const nested = loader.addFile(path, relative(root, path), unit, { account, region, constructPath: nestedPath(resource.constructPath) }, true);
      if (!nested) continue;
      unit.nest(nested, resource);
      nameResources(nested, names);
      readNested(loader, directory, root, unit, nested, names, [...above, path]);
    } catch (error) {
      if (error instanceof TooMuch) throw error;
      loader.fail(`${parent.path}#${resource.logicalId}`, '', {}, error);
    }
  }
}

/**
 * The file of a nested template by the hash in its address, as the asset manifests of the assembly know it: outside the CDK command line
 * the resource of a nested stack does not name its file.
 */
function assetFile(loader: Loader, directory: string, address: Json | undefined): string | undefined {
  const [hash] = address === undefined ? [] : /[0-9a-f]{64}/.exec(JSON.stringify(address)) ?? [];
  if (hash === undefined) return undefined;
  let files = assetFiles.get(loader)?.get(directory);
  if (!files) {
    files = templateAssets(loader, directory);
    assetFiles.set(loader, (assetFiles.get(loader) ?? new Map()).set(directory, files));
  }
  return files.get(hash);
}

/** The template files that the asset manifests of a directory name, by hash. Read once: an app may hold hundreds of nested stacks. */
const assetFiles = new WeakMap<Loader, Map<string, Map<string, string>>>();

function templateAssets(loader: Loader, directory: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(directory).filter((file) => file.endsWith('.assets.json')).sort()) {
    try {
      const files = own(readJson(loader, join(directory, name)), 'files');
      for (const hash of isObject(files) ? Object.keys(files) : []) {
        const asset = (files as JsonObject)[hash];
        const source = isObject(asset) && isObject(asset.source) ? own(asset.source, 'path') : undefined;
        if (typeof source === 'string' && source.endsWith('.template.json') && !found.has(hash)) found.set(hash, source);
      }
    } catch (error) {
      if (error instanceof TooMuch) throw error;
      // If no other manifest knows the hash, the nested stack is named among the limitations.
    }
  }
  return found;
}

/** CDK names the resource of the nested stack `X` as `X.NestedStack/X.NestedStackResource`. */
function nestedPath(path: string | undefined): string | undefined {
  return path?.replace(/\.NestedStack\/[^/]*$/, '');
}

/** CDK writes an acknowledgement as metadata of the construct that it was made on. */
function readAcknowledgements(loader: Loader, metadata: JsonObject): void {
  for (const path of Object.keys(metadata)) {
    const entries = metadata[path];
    if (!Array.isArray(entries)) continue;
    for (const entry of entries) {
      if (!isObject(entry) || entry.type !== 'aws:cdk:acknowledged-rules' || !isObject(entry.data)) continue;
      for (const id of Object.keys(entry.data)) loader.acknowledge(id, path.replace(/^\//, ''), entry.data[id]);
    }
  }
}

/** Acknowledgements on the App or a Stage stand in no stack's metadata, only in the report of the validation that honoured them. */
function readSuppressions(loader: Loader, directory: string): void {
  const path = join(directory, 'validation-report.json');
  if (!existsSync(path)) return;
  let reports: Json | undefined;
  try {
    reports = own(readJson(loader, path), 'pluginReports');
  } catch {
    return; // The report is CDK's own; the verdicts do not stand on it.
  }
  for (const report of Array.isArray(reports) ? reports : []) {
    const suppressed = isObject(report) ? own(report, 'suppressedViolations') : undefined;
    for (const violation of Array.isArray(suppressed) ? suppressed : []) {
      if (!isObject(violation) || typeof violation.acknowledgedId !== 'string') continue;
      loader.acknowledge(violation.acknowledgedId, typeof violation.acknowledgedAt === 'string' ? violation.acknowledgedAt : '', own(violation, 'reason') ?? '');
    }
  }
}

/** Where constructs were made, by construct path and logical id. */
class MetadataNames {
  private readonly paths = new Map<string, string[]>();
  private readonly locations = new Map<string, string>();

  /** Source files are named relative to the working directory: equal on every machine, and what a terminal or an editor can open. */
  constructor(private readonly base: string) {}

  add(metadata: JsonObject): void {
    for (const path of Object.keys(metadata)) {
      const entries = metadata[path];
      if (!Array.isArray(entries)) continue;
      const plain = path.replace(/^\//, '');
      for (const entry of entries) {
        if (!isObject(entry)) continue;
        if (entry.type === 'aws:cdk:logicalId' && typeof entry.data === 'string') this.note(entry.data, plain);
        const location = userFrame(entry.type === 'aws:cdk:creationStack' ? entry.data : entry.trace, this.base);
        if (location && !this.locations.has(plain)) this.locations.set(plain, location);
      }
    }
  }

  private note(logicalId: string, path: string): void {
    const paths = this.paths.get(logicalId);
    if (paths) paths.push(path);
    else this.paths.set(logicalId, [path]);
  }

  pathOf(logicalId: string, under: string | undefined): string | undefined {
    const paths = this.paths.get(logicalId) ?? [];
    return paths.find((path) => under !== undefined && path.startsWith(`${under}/`)) ?? (paths.length === 1 ? paths[0] : undefined);
  }

  locationOf(path: string | undefined): string | undefined {
    return path === undefined ? undefined : this.locations.get(path);
  }
}

/** The first frame of a stack trace that is the user's own code, as `file:line:column` relative to a directory. */
export function userFrame(trace: unknown, base: string): string | undefined {
  for (const line of Array.isArray(trace) ? trace : []) {
    const match = typeof line === 'string' && line.length < 1000 ? /\(?([^()\s]+):(\d+):(\d+)\)?$/.exec(line.trim()) : null;
    if (!match || /node_modules|^node:|^internal\//.test(match[1])) continue;
    const file = match[1].replace(/^file:\/\//, '');
    return `${isAbsolute(file) ? relative(base, file).split(sep).join('/') : file}:${match[2]}:${match[3]}`;
  }
  return undefined;
}

function nameResources(template: Template, names: MetadataNames): void {
  for (const resource of template.resources.values()) {
    resource.constructPath ??= names.pathOf(resource.logicalId, template.context.constructPath);
    resource.location = names.locationOf(resource.constructPath);
  }
}
