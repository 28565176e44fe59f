import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { SOON, worked } from '../soon';
import { worlds } from './values';
import { loadInputs } from '../../src/template';
import { userFrame } from '../../src/template/assembly';
import { Json, JsonObject } from '../../src/template/json';
import { Model } from '../../src/template/model';
import { InputError } from '../../src/template/parse';

let directory: string;
beforeEach(() => void (directory = join(mkdtempSync(join(tmpdir(), 'assembly-')), 'cdk.out')));
afterEach(() => rmSync(join(directory, '..'), { recursive: true, force: true }));

function write(files: Readonly<Record<string, Json | Buffer>>): void {
  mkdirSync(directory, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), Buffer.isBuffer(content) || typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const manifest = (artifacts: Json): JsonObject => ({ version: '53.0.0', artifacts });
const stack = (templateFile: Json, properties: JsonObject = {}, more: JsonObject = {}): JsonObject => ({ type: 'aws:cloudformation:stack', environment: 'aws://111122223333/eu-west-1', properties: { templateFile, ...properties }, ...more });
const assembly = (directoryName: Json): JsonObject => ({ type: 'cdk:cloud-assembly', properties: { directoryName } });
const bucket = (path?: string): JsonObject => ({ Type: 'AWS::S3::Bucket', ...path && { Metadata: { 'aws:cdk:path': path } } });
const template = (resources: JsonObject = { B: bucket() }, more: JsonObject = {}): JsonObject => ({ Resources: resources, ...more });
const nested = (file: string, more: JsonObject = {}): JsonObject => ({ Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:cdk:path': `S/N.NestedStack/N.NestedStackResource`, 'aws:asset:path': file }, ...more });

const read = (): Model => loadInputs([directory]);
const paths = (model: Model) => model.templates.map(({ path }) => path);
const errors = (model: Model) => model.inputs.filter(({ error }) => error).map(({ path, error }) => `${path}: ${error}`);

describe('stacks', () => {
  test('are read with their names and environments', () => {
    write({ 'manifest.json': manifest({ B: stack('B.template.json', {}, { displayName: 'App/B (name-of-b)' }), A: stack('A.template.json', { stackName: 'name-of-a' }), Tree: { type: 'cdk:tree' } }), 'A.template.json': template(), 'B.template.json': template(), 'loose.template.json': template() });
    const model = read();
    expect(model.templates.map(({ path, context }) => ({ path, ...context }))).toEqual([
      { path: 'A.template.json', account: '111122223333', region: 'eu-west-1', stackName: 'name-of-a', constructPath: 'A' }, { path: 'B.template.json', account: '111122223333', region: 'eu-west-1', stackName: 'B', constructPath: 'App/B' },
    ]);
    expect([model.units.length, errors(model)]).toEqual([1, []]);
    expect(model.inputs).toEqual([expect.objectContaining({ path: 'A.template.json', stack: 'name-of-a', account: '111122223333', region: 'eu-west-1', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }), expect.objectContaining({ path: 'B.template.json' })]);
  });
  test.each<[string, Json | undefined, object]>([
    ['an agnostic environment', 'aws://unknown-account/unknown-region', {}], ['half of one', 'aws://1/unknown-region', { account: '1' }], ['none', undefined, {}], ['a wrong one', 'nowhere', {}], ['a number', 7, {}], ['a path too much', 'aws://1/2/3', {}],
  ])('%s', (_name, environment, expected) => {
    write({ 'manifest.json': manifest({ A: { ...stack('a.json'), ...environment === undefined ? { environment: null } : { environment } } }), 'a.json': template() });
    expect(read().templates[0].context).toEqual({ stackName: 'A', constructPath: 'A', account: undefined, region: undefined, ...expected });
  });
  test('of one assembly speak of one another', () => {
    write({ 'manifest.json': manifest({ A: stack('a.json'), B: stack('b.json') }), 'a.json': template(undefined, { Outputs: { O: { Value: { 'Fn::GetAtt': ['B', 'Arn'] }, Export: { Name: 'A:ExportB' } } } }), 'b.json': template() });
    const model = read();
    expect(worlds({ 'Fn::ImportValue': 'A:ExportB' }, model.templates[1])).toEqual(['<B.Arn>']);
    expect(worlds({ 'Fn::GetStackOutput': { StackName: 'A', OutputName: 'O' } }, model.templates[1])).toEqual(['<B.Arn>']);
  });
  test('a folder that holds assemblies', () => {
    write({ 'one/manifest.json': manifest({ A: stack('a.json') }), 'one/a.json': template(), 'two/manifest.json': manifest({ A: stack('a.json') }), 'two/a.json': template(), 'web/manifest.json': { name: 'a web app' }, 'web/t.json': template() });
    expect(paths(read())).toEqual(['one/a.json', 'two/a.json', 'web/t.json']);
  });
});

describe('stages', () => {
  test('are units of their own', () => {
    const stage = (name: string) => ({ [`assembly-${name}/manifest.json`]: manifest({ [`${name}-A`]: stack('A.template.json', { stackName: `${name}-A` }) }), [`assembly-${name}/A.template.json`]: template() });
    write({ 'manifest.json': manifest({ 'assembly-Dev': assembly('assembly-Dev'), 'assembly-Prod': assembly('assembly-Prod') }), ...stage('Dev'), ...stage('Prod') });
    const model = read();
    expect(paths(model)).toEqual(['assembly-Dev/A.template.json', 'assembly-Prod/A.template.json']);
    expect(model.templates[0].unit).not.toBe(model.templates[1].unit);
  });
  test('in stages', () => {
    write({ 'manifest.json': manifest({ s: assembly('s') }), 's/manifest.json': manifest({ t: assembly('t') }), 's/t/manifest.json': manifest({ A: stack('a.json') }), 's/t/a.json': template() });
    expect(paths(read())).toEqual(['s/t/a.json']);
  });
  test.each<[string, Record<string, Json>, RegExp]>([
    ['that name themselves', { 'manifest.json': manifest({ A: stack('a.json'), s: assembly('.') }) }, /^manifest.json: the assembly is named more than once$/],
    ['that name themselves ten times over', { 'manifest.json': manifest({ A: stack('a.json'), ...Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`s${at}`, assembly(`./${'x/../'.repeat(at)}`)])) }), 'x/y': '' }, /^manifest.json: the assembly is named more than once$/],
    ['that name each other', { 'manifest.json': manifest({ A: stack('a.json'), s: assembly('s') }), 's/manifest.json': manifest({ t: assembly('../s') }) }, /^s\/manifest.json: the assembly is named more than once$/],
    ['named twice', { 'manifest.json': manifest({ A: stack('a.json'), s: assembly('s'), t: assembly('s') }), 's/manifest.json': manifest({}) }, /^s\/manifest.json: the assembly is named more than once$/],
    ['that lie elsewhere', { 'manifest.json': manifest({ A: stack('a.json'), s: assembly('../other') }) }, /^manifest.json#s: "..\/other" leaves the directory of the assembly$/],
    ['that are not there', { 'manifest.json': manifest({ A: stack('a.json'), s: assembly('nope') }) }, /^nope\/manifest.json: /],
    ['without a directory', { 'manifest.json': manifest({ A: stack('a.json'), s: assembly(7) }) }, /^manifest.json#s: the artifact s names no directory$/],
  ])('%s are reported, and the rest is read', (_name, files, message) => {
    write({ ...files, 'a.json': template() });
    const began = process.cpuUsage();
    const model = read();
    expect(worked(began)).toBeLessThan(SOON);
    expect(paths(model)).toEqual(['a.json']);
    expect(errors(model).length).toBeGreaterThan(0);
    for (const error of errors(model)) expect(error).toMatch(message);
  });
});

describe('nested stacks', () => {
  test('lie beside their parent, in its environment', () => {
    write({ 'manifest.json': manifest({ S: stack('s.json') }), 's.json': template({ N: nested('n.json', { Properties: { Parameters: { P: { Ref: 'B' } } } }), B: bucket() }), 'n.json': template({ M: nested('m.json') }, { Parameters: { P: { Type: 'String' } } }), 'm.json': template() });
    const model = read();
    expect(model.templates.map(({ path, context }) => ({ path, ...context }))).toEqual([
      expect.objectContaining({ path: 's.json' }), { path: 'n.json', account: '111122223333', region: 'eu-west-1', constructPath: 'S/N' }, { path: 'm.json', account: '111122223333', region: 'eu-west-1', constructPath: 'S/N' },
    ]);
    expect(model.templates.map(({ parent }) => parent?.id)).toEqual([undefined, 's.json#N', 'n.json#M']);
    expect(worlds({ Ref: 'P' }, model.templates[1])).toEqual(['<B>']);
    expect(model.limitations).toEqual([]);
  });
  test('two of one file are two', () => {
    const passing = (value: string) => nested('n.json', { Properties: { Parameters: { P: value } } });
    write({ 'manifest.json': manifest({ S: stack('s.json') }), 's.json': template({ N1: passing('one'), N2: passing('two') }), 'n.json': template({ B: bucket() }, { Parameters: { P: { Type: 'String' } }, Outputs: { O: { Value: { Ref: 'P' } } } }) });
    const model = read();
    expect(paths(model)).toEqual(['s.json', 'n.json', 'n.json~2']);
    expect(model.templates.slice(1).map((one) => worlds({ Ref: 'P' }, one))).toEqual([['"one"'], ['"two"']]);
    expect(worlds({ 'Fn::Sub': '${N1.Outputs.O}-${N2.Outputs.O}' }, model.templates[0])).toEqual(['"one-two"']);
    expect(model.inputs[1].sha256).toBe(model.inputs[2].sha256);
  });
  test.each<[string, Record<string, Json | Buffer>, RegExp]>([
    ['made of their own parent', { 's.json': template({ N: nested('s.json') }) }, /^s.json#N: a nested stack is made of the template that it is in$/],
    ['made of one another', { 's.json': template({ N: nested('n.json') }), 'n.json': template({ N: nested('s.json') }) }, /^n.json#N: a nested stack is made of the template that it is in$/],
    ['elsewhere', { 's.json': template({ N: nested('../n.json') }) }, /^s.json#N: "..\/n.json" leaves/],
    ['by an absolute path', { 's.json': template({ N: nested('/etc/passwd') }) }, /^s.json#N: "\/etc\/passwd" leaves/],
    ['missing', { 's.json': template({ N: nested('n.json') }) }, /^n.json: the file does not exist$/],
    ['broken', { 's.json': template({ N: nested('n.json') }), 'n.json': '{"Resources": ' }, /^n.json: not valid JSON/],
    ['no template', { 's.json': template({ N: nested('n.json') }), 'n.json': '{}' }, /^n.json: not a CloudFormation template/],
    ['a folder', { 's.json': template({ N: nested('sub') }), 'sub/x': '' }, /^sub: not a file$/],
    ['of an empty name', { 's.json': template({ N: nested('') }) }, /not a file$/],
    ['of a name with a zero', { 's.json': template({ N: nested('a\0b') }) }, /cannot be read/],
  ])('%s are reported', (_name, files, message) => {
    write({ 'manifest.json': manifest({ S: stack('s.json') }), ...files });
    const model = read();
    expect(errors(model)).toEqual([expect.stringMatching(message)]);
    expect(paths(model)[0]).toBe('s.json');
    expect(model.limitations.map(({ code }) => code)).toContain('nested-stack');
  });
  test('a file for each level, ten times each, is refused and not multiplied out', () => {
    const level = (at: number) => template(Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`N${n}`, nested(`n${at + 1}.json`)])));
    write({ 'manifest.json': manifest({ S: stack('n0.json') }), ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`n${at}.json`, level(at)])), 'n12.json': template() });
    const began = process.cpuUsage();
    expect(() => loadInputs([directory], { limits: { files: 2000 } })).toThrow(new InputError('more than 2000 files'));
    expect(() => loadInputs([directory], { limits: { totalBytes: 1_000_000 } })).toThrow(new InputError('more than 1000000 bytes in all files'));
    expect(worked(began)).toBeLessThan(SOON);
  });
  test('in a chain that is too long', () => {
    write({ 'manifest.json': manifest({ S: stack('n0.json') }), ...Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`n${at}.json`, template({ N: nested(`n${at + 1}.json`) })])) });
    expect(errors(read())).toEqual(['n32.json#N: nested stacks are nested deeper than 32 levels']);
  });
});

describe('paths that a manifest names', () => {
  test.each<[string, Json, RegExp]>([
    ['a path out', '../x.json', /^manifest.json#S: "..\/x.json" leaves the directory of the assembly$/], ['an absolute path', '/etc/passwd', /^manifest.json#S: "\/etc\/passwd" leaves/], ['a missing file', 'nope.json', /^nope.json: the file does not exist$/], ['a number', 7, /^manifest.json#S: the stack S names no template file$/],
    ['nothing', null, /names no template file$/], ['a folder', '.', /not a file$/], ['a link out', 'link.json', /^manifest.json#S: "link.json" is a link out of the assembly$/], ['a pipe', 'pipe.json', /^pipe.json: not a file$/],
  ])('%s', (_name, file, message) => {
    write({ 'manifest.json': manifest({ S: stack(file), Z: stack('z.json') }), 'z.json': template(), '../outside.json': template() });
    symlinkSync(join(directory, '../outside.json'), join(directory, 'link.json'));
    execFileSync('mkfifo', [join(directory, 'pipe.json')]);
    const model = read();
    expect([paths(model), errors(model)]).toEqual([['z.json'], [expect.stringMatching(message)]]);
    expect(errors(model)[0]).not.toContain(directory);
  });
  test('the metadata file of a stack is held to it too', () => {
    write({ 'manifest.json': manifest({ S: stack('s.json', {}, { additionalMetadataFile: '../x.json' }) }), 's.json': template() });
    expect(errors(read())).toEqual(['manifest.json#S: "../x.json" leaves the directory of the assembly']);
  });
});

describe('manifests of wrong kinds', () => {
  test.each<[string, string, RegExp]>([
    ['a list', '["version", "artifacts"]'.replace(/ /g, ''), /^manifest.json: the document is a list, expected an object$/], ['broken', '{"version": "1", "artifacts": {', /^manifest.json: not valid JSON/], ['artifacts are a list', '{"version": "1", "artifacts": []}', /^manifest.json: not a cloud assembly manifest: "artifacts" is not an object$/],
    ['artifacts are null', '{"version": "1", "artifacts": null}', /"artifacts" is not an object$/], ['a repeated key', '{"version": "1", "artifacts": {}, "artifacts": {}}', /^manifest.json: line 1: the key "artifacts" appears twice/],
  ])('%s', (_name, text, message) => {
    write({ 'manifest.json': text, 's.json': template() });
    expect([paths(read()), errors(read())]).toEqual([[], [expect.stringMatching(message)]]);
  });
  test.each<[string, Record<string, Json>]>([['cut short', { 'manifest.json': '{"ver' }], ['gone', {}]])('a manifest that is %s is missed, where CDK marked the folder', (_name, files) => {
    write({ ...files, 'cdk.out': { version: '53.0.0' }, 's.json': template() });
    expect([paths(read()), errors(read())]).toEqual([[], [expect.stringMatching(/^manifest.json: (not valid JSON|manifest.json does not exist)/)]]);
  });
  test('artifacts of wrong kinds are passed over', () => {
    write({ 'manifest.json': manifest({ a: null, b: 7, c: 'x', d: [], e: {}, f: { type: 7 }, g: { type: 'aws:cloudformation:stack' }, __proto__x: stack('s.json'), constructor: stack('t.json') }), 's.json': template(), 't.json': template() });
    expect([paths(read()).sort(), errors(read())]).toEqual([['s.json', 't.json'], ['manifest.json#g: the stack g names no template file']]);
  });
});

describe('metadata', () => {
  const metadata: JsonObject = {
    '/S': [{ type: 'aws:cdk:acknowledged-rules', data: { 'SOC2::S3.Versioning': 'because', 'SOC2::S3.TlsOnly': '' } }],
    '/S/Bucket/Resource': [{ type: 'aws:cdk:logicalId', data: 'B' }, { type: 'aws:cdk:creationStack', data: ['new Bucket (/x/node_modules/aws-cdk-lib/s3.js:1:2)', 'node:internal/modules:3:4', 'main (ROOT/app.ts:10:5)', 'other (ROOT/b.ts:1:1)'] }],
    '/S/N/Bucket/Resource': [{ type: 'aws:cdk:logicalId', data: 'Inner', trace: ['at (ROOT/lib/n.ts:2:3)'] }],
    '/S/M/Bucket/Resource': [{ type: 'aws:cdk:logicalId', data: 'Inner' }],
    '/Odd': 'x', '/Odder': [null, 7, { type: 'aws:cdk:logicalId' }, { type: 'aws:cdk:logicalId', data: 7 }, { type: 'aws:cdk:acknowledged-rules', data: ['x'] }, { type: 'aws:cdk:creationStack', data: 'x' }],
  };
  const files = (inManifest: boolean) => {
    const text = JSON.stringify(metadata).replaceAll('ROOT', join(directory, '..'));
    return {
      'manifest.json': manifest({ S: stack('s.json', {}, inManifest ? { metadata: JSON.parse(text) } : { additionalMetadataFile: 's.metadata.json' }) }), 's.metadata.json': text,
      's.json': template({ B: bucket(), Named: bucket('S/Named/Resource'), N: nested('n.json') }), 'n.json': template({ Inner: bucket() }),
    };
  };
  test.each([['in the manifest', true], ['in a file beside it', false]])('%s names constructs, where they were made, and what was acknowledged', (_name, inManifest) => {
    write(files(inManifest));
    const model = read();
    // Named relative to where the command runs.
    const here = relative(process.cwd(), join(directory, '..'));
    expect(errors(model)).toEqual([]);
    expect(model.templates.flatMap(({ resources }) => [...resources.values()]).map(({ logicalId, constructPath, location }) => [logicalId, constructPath, location])).toEqual([
      ['B', 'S/Bucket/Resource', `${here}/app.ts:10:5`], ['Named', 'S/Named/Resource', undefined], ['N', 'S/N.NestedStack/N.NestedStackResource', undefined], ['Inner', 'S/N/Bucket/Resource', `${here}/lib/n.ts:2:3`],
    ]);
    expect(model.acknowledgements).toEqual([{ id: 'SOC2::S3.Versioning', scope: 'S', reason: 'because' }, { id: 'SOC2::S3.TlsOnly', scope: 'S', reason: undefined }]);
  });
  test('one logical id of a hundred thousand constructs', () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`/S/C${at}`, [{ type: 'aws:cdk:logicalId', data: 'B' }, { type: 'aws:cdk:acknowledged-rules', data: { 'SOC2::x': 'y' } }]]));
    write({ 'manifest.json': manifest({ S: stack('s.json', {}, { metadata: many }) }), 's.json': template() });
    const began = process.cpuUsage();
    expect(read().acknowledgements).toHaveLength(100_000);
    expect(worked(began)).toBeLessThan(SOON);
  });

  describe('the validation report', () => {
    const report = (pluginReports: Json) => {
      write({ 'manifest.json': manifest({ S: stack('s.json') }), 's.json': template(), 'validation-report.json': typeof pluginReports === 'string' ? pluginReports : { version: '55.0.0', pluginReports } });
      const model = read();
      expect([paths(model), errors(model)]).toEqual([['s.json'], []]);
      return model.acknowledgements;
    };
    test('holds acknowledgements of the App and of Stages', () => {
      expect(report([{ suppressedViolations: [{ acknowledgedId: 'SOC2::a', acknowledgedAt: '', reason: 'r' }, { acknowledgedId: 'SOC2::b', acknowledgedAt: 'Prod' }, { acknowledgedId: 'SOC2::a', acknowledgedAt: '', reason: 'again' }] }]))
        .toEqual([{ id: 'SOC2::a', scope: '', reason: 'r' }, { id: 'SOC2::b', scope: 'Prod', reason: undefined }]);
    });
    test.each<[string, Json]>([['broken', '{'], ['a list', '[]'], ['empty', ''], ['reports are a text', 'x' as Json], ['no list', [7, null, 'x', {}, { suppressedViolations: 'x' }, { suppressedViolations: [null, 7, {}, { acknowledgedId: 7 }] }]]])('%s means nothing', (_name, reports) => expect(report(reports)).toEqual([]));
  });
});

describe('the frame of the user', () => {
  test.each<[string, unknown, string | undefined]>([
    ['the first of his own', ['f (/app/node_modules/x.js:1:1)', 'g (/app/lib/a.ts:2:3)'], 'lib/a.ts:2:3'], ['without parentheses', ['at /app/a.ts:1:1'], 'a.ts:1:1'], ['as a URL', ['at file:///app/a.mjs:1:1'], 'a.mjs:1:1'], ['relative', ['at lib/a.py:1:1'], 'lib/a.py:1:1'], ['outside', ['at /other/a.ts:1:1'], '../other/a.ts:1:1'],
    ['none of his own', ['at node:internal/x:1:1', 'at internal/y.js:1:1'], undefined], ['no frames', ['nothing here', 7, null], undefined], ['no list', 'x', undefined], ['nothing', undefined, undefined], ['a line without end', [`at ${'('.repeat(100_000)}:1:1`], undefined],
  ])('%s', (_name, trace, frame) => expect(userFrame(trace, '/app')).toBe(frame));
});
