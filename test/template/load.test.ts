import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Loader, loadInputs, LoadOptions } from '../../src/template';
import { Json } from '../../src/template/json';
import { insideDirectory } from '../../src/template/load';
import { Model } from '../../src/template/model';
import { InputError } from '../../src/template/parse';

const BUCKET = 'Resources: {B: {Type: AWS::S3::Bucket}}';
let directory: string;

beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'load-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
}

const read = (options?: LoadOptions): Model => loadInputs([directory], options);
const paths = (model: Model) => model.templates.map(({ path }) => path);
const errors = (model: Model) => Object.fromEntries(model.inputs.filter(({ error }) => error).map(({ path, error }) => [path, error]));

describe('a folder of files', () => {
  test('templates are read by any of the extensions, in order', () => {
    write({ 'b.yaml': BUCKET, 'a.yml': BUCKET, 'c.json': '{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}', 'd.template': BUCKET, 'E.YAML': BUCKET, 'f.txt': BUCKET, 'sub/g.template': BUCKET });
    expect(paths(read())).toEqual(['E.YAML', 'a.yml', 'b.yaml', 'c.json', 'd.template', 'sub/g.template']);
  });
  test('what is sound but something else is passed over', () => {
    write({
      'a.yaml': BUCKET, 'package.json': '{"name": "x"}', 'list.json': '[1, 2]', 'number.json': '7', 'tsconfig.json': '{\n// a comment\n"a": 1,\n}', 'k8s.yaml': 'kind: A\n---\nkind: B', 'empty.json': '', 'blank.yaml': '\n', 'comment.yaml': '# nothing',
      'resources.json': '{"Resources": ["x"]}', 'other.json': '{"Resources": {"a": {"kind": "x"}}}', 'broken.json': '{"name": ',
    });
    expect([paths(read()), errors(read())]).toEqual([['a.yaml'], {}]);
  });
  test('a template of nothing but a macro is one', () => {
    write({ 'a.json': '{"Resources": {"Fn::Transform": {"Name": "AWS::Include"}}}' });
    expect([paths(read()), read().limitations.map(({ code }) => code)]).toEqual([['a.json'], ['macro']]);
  });
  test('what may have been a template is reported', () => {
    write({
      'a.yaml': BUCKET, 'broken.yaml': 'Resources:\n  B: [', 'broken.json': '{"Resources": {', 'tabs.yaml': 'Resources:\n\tB: {}', 'twice.json': '{"Resources": {}, "Resources": {}}', 'two.yaml': `${BUCKET}\n---\n${BUCKET}`, 'version.json': '{"AWSTemplateFormatVersion": "2010-09-09"}',
      'utf16.json': Buffer.from('\ufeff{"Resources": {}}', 'utf16le'), 'binary.template': Buffer.from([0, 1, 2, 3]),
    });
    expect(paths(read())).toEqual(['a.yaml']);
    expect(errors(read())).toEqual({
      'broken.yaml': expect.stringMatching(/^line 2: not valid YAML/), 'broken.json': expect.stringMatching(/^not valid JSON/), 'tabs.yaml': expect.stringMatching(/^line 2: not valid YAML: Tabs/), 'twice.json': 'line 1: the key "Resources" appears twice in one object',
      'two.yaml': 'holds several YAML documents, expected one', 'version.json': 'not a CloudFormation template: "Resources" is missing, expected an object', 'utf16.json': 'the text is UTF-16, expected UTF-8', 'binary.template': 'the file is binary, expected text',
    });
  });
  test('folders of others are not entered, nor are links', () => {
    write({ 'a.yaml': BUCKET, 'node_modules/x/b.yaml': BUCKET, '.git/c.yaml': BUCKET, 'asset.123/d.yaml': BUCKET });
    symlinkSync(directory, join(directory, 'loop'));
    symlinkSync(join(directory, 'a.yaml'), join(directory, 'link.yaml'));
    expect(paths(read())).toEqual(['a.yaml']);
  });
  test('a pipe is not waited for', () => {
    write({ 'a.yaml': BUCKET });
    execFileSync('mkfifo', [join(directory, 'pipe.yaml')]);
    expect(paths(read())).toEqual(['a.yaml']);
  });
  test('a folder without a template is refused', () => {
    write({ 'package.json': '{}' });
    expect(() => read()).toThrow(new InputError(`${directory}: holds no cloud assembly and no CloudFormation template (.json, .yaml, .yml, .template)`));
  });
  test('more files or bytes than are read at once are refused', () => {
    write({ 'a.yaml': BUCKET, 'b.yaml': BUCKET, 'c.yaml': BUCKET });
    expect(() => read({ limits: { files: 2 } })).toThrow(new InputError('more than 2 files'));
    expect(() => read({ limits: { totalBytes: 100 } })).toThrow(new InputError('more than 100 bytes in all files'));
    expect(errors(read({ limits: { bytes: 10 } }))).toEqual({ 'a.yaml': 'larger than 10 bytes', 'b.yaml': 'larger than 10 bytes', 'c.yaml': 'larger than 10 bytes' });
  });
  test('folders deeper than anybody nests them are reported', () => {
    write({ 'a.yaml': BUCKET, [`${'d/'.repeat(34)}b.yaml`]: BUCKET });
    expect(paths(read())).toEqual(['a.yaml']);
    expect(Object.values(errors(read()))).toEqual(['folders are nested deeper than 32 levels']);
  });
  test('each file is deployed apart', () => {
    write({ 'a.yaml': BUCKET, 'b.yaml': BUCKET });
    expect(new Set(read().templates.map(({ unit }) => unit)).size).toBe(2);
  });
});

describe('a single file', () => {
  test.each(['t.json', 't.yaml', 't.template', 't.txt', 't'])('%s may have any extension', (name) => {
    write({ [name]: BUCKET });
    expect(paths(loadInputs([join(directory, name)]))).toEqual([join(directory, name)]);
  });
  test('a byte order mark is passed over', () => {
    write({ 'a.json': '\ufeff{"Resources": {"B": {"Type": "T"}}}' });
    expect([...loadInputs([join(directory, 'a.json')]).templates[0].resources.keys()]).toEqual(['B']);
  });
  test.each<[string, string | Buffer, RegExp]>([
    ['empty', '', /^the file is empty$/], ['a list', '[]', /^the document is a list, expected an object$/], ['a text', 'hello', /^the document is a string, expected an object$/], ['no template', '{"name": "x"}', /"Resources" is missing/],
    ['Resources is a list', '{"Resources": []}', /"Resources" is a list/], ['Resources is a text', '{"Resources": "x"}', /"Resources" is a string/], ['Resources is null', '{"Resources": null}', /"Resources" is/], ['UTF-16', Buffer.from('\ufeffx', 'utf16le'), /UTF-16/], ['binary', Buffer.from([1, 0]), /binary/],
  ])('that is %s is reported', (_name, content, message) => {
    write({ x: content });
    const { inputs, templates } = loadInputs([join(directory, 'x')]);
    expect([templates, inputs]).toEqual([[], [expect.objectContaining({ error: expect.stringMatching(message) })]]);
  });
  test('that does not exist is refused', () => expect(() => loadInputs([join(directory, 'nope')])).toThrow(/nope: no such file or directory/));
  test('a device is refused', () => expect(() => loadInputs(['/dev/null'])).toThrow(new InputError('/dev/null: not a file')));
  test('the hash is that of the bytes', () => {
    const bytes = Buffer.concat([Buffer.from('\ufeff# '), Buffer.from([0xff, 0xe9]), Buffer.from(`\n${BUCKET}`)]);
    write({ 'a.yaml': bytes });
    expect(loadInputs([join(directory, 'a.yaml')]).inputs).toEqual([expect.objectContaining({ sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length })]);
  });
});

test('files of one name in two folders keep apart', () => {
  write({ 'a/t.yaml': BUCKET, 'b/t.yaml': BUCKET, 'c/t.yaml': BUCKET });
  expect(paths(loadInputs(['a', 'b', 'c'].map((name) => join(directory, name))))).toEqual(['t.yaml', 't.yaml~2', 't.yaml~3']);
});

test('errors name no path of this machine', () => {
  const loader = new Loader();
  loader.addFile(join(directory, 'nope.json'), 'nope.json', loader.newUnit(), {}, true);
  loader.addFile(directory, 'folder', loader.newUnit(), {}, true);
  expect(errors(loader.finish())).toEqual({ 'nope.json': 'the file does not exist', 'folder': 'not a file' });
});

describe('sections of wrong kinds', () => {
  const kinds: Json[] = [null, 7, 'x', true, [], ['x'], [{}], {}, { a: null }, { a: 7 }, { a: 'x' }, { a: [] }, { a: {} }, { __proto__: 'x' } as never, { toString: 'x', constructor: 7 }, { Ref: 'x' }, { 'Fn::If': 7 }];
  const sections = ['Parameters', 'Conditions', 'Mappings', 'Outputs', 'Metadata', 'Transform', 'Rules', 'Globals', 'Description', 'AWSTemplateFormatVersion', 'Hooks'];
  test.each(sections)('%s', (section) => {
    for (const kind of kinds) {
      const loader = new Loader();
      const raw = JSON.parse(JSON.stringify({ Resources: { B: { Type: 'AWS::S3::Bucket' } }, [section]: kind }));
      loader.addTemplate('t', raw, loader.newUnit(), {}, '');
      expect(loader.finish().templates.map(({ resources }) => resources.size)).toEqual([1]);
    }
  });
  test.each(['Type', 'Properties', 'Metadata', 'Condition', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy', 'CreationPolicy', 'Fn::Transform'])('%s of a resource', (key) => {
    for (const kind of kinds) {
      const loader = new Loader();
      loader.addTemplate('t', { Resources: { B: { Type: 'AWS::S3::Bucket', [key]: kind } } }, loader.newUnit(), {}, '');
      expect(loader.finish().templates.map(({ resources }) => resources.size)).toEqual([1]);
    }
  });
  test('a resource that is no object is not in the population, and that is said', () => {
    const loader = new Loader();
    loader.addTemplate('t', { Resources: { a: null, b: 'x', c: 7, d: [], e: { Type: 'T' } } }, loader.newUnit(), {}, '');
    const model = loader.finish();
    expect([...model.templates[0].resources.keys()]).toEqual(['e']);
    expect(model.limitations.map(({ code, text }) => `${code}: ${text}`)).toEqual(['null', 'a string', 'a number', 'a list'].map((kind, at) => `resource: "${'abcd'[at]}" in Resources is ${kind}, expected an object: it is not in the population`));
  });
  test('resources, parameters and outputs with names of methods', () => {
    const raw = JSON.parse('{"Resources": {"__proto__": {"Type": "T"}, "constructor": {"Type": "T"}, "toString": {"Type": "T"}}, "Parameters": {"__proto__": {"Type": "String"}, "valueOf": {"Type": "String"}}, "Outputs": {"__proto__": {"Value": 1, "Export": {"Name": "__proto__"}}}}');
    const loader = new Loader();
    loader.addTemplate('__proto__', raw, loader.newUnit(), {}, '');
    const model = loader.finish();
    expect([[...model.templates[0].resources.keys()], [...model.templates[0].parameters.keys()], [...model.exports.keys()]]).toEqual([['__proto__', 'constructor', 'toString'], ['__proto__', 'valueOf'], ['__proto__']]);
  });
});

describe('insideDirectory', () => {
  test.each(['a.json', './a.json', 'sub/a.json', 'sub/../a.json', '..a.json', 'nope.json'])('%s lies inside', (name) => expect(insideDirectory(directory, name)).toBe(join(directory, name)));
  test.each(['..', '../x', 'sub/../../x', '/etc/passwd', '/', './..', '../'.repeat(50)])('%s does not', (name) => expect(() => insideDirectory(directory, name)).toThrow(new InputError(`${JSON.stringify(name)} leaves the directory of the assembly`)));
  test('a folder beside it of a longer name', () => expect(() => insideDirectory(directory, `${directory}-other/x`)).toThrow(InputError));
  test('a link out of it', () => {
    symlinkSync('/etc', join(directory, 'etc'));
    symlinkSync(join(directory, 'b'), join(directory, 'ok'));
    write({ b: '' });
    expect(() => insideDirectory(directory, 'etc/passwd')).toThrow(new InputError('"etc/passwd" is a link out of the assembly'));
    expect(insideDirectory(directory, 'ok')).toBe(join(directory, 'ok'));
  });
});
