import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { HARDENINGS } from '../../src/blueprint/hardenings';
import { DEFAULTS_BY_TYPE } from '../../src/defaults/by-type';
import { complaints, run } from '../constructs/compiled';

/*
 * The table of docs/blueprint.md is made from src/defaults/by-type.ts. After a change there:
 *   UPDATE_DOCS=1 npx jest test/blueprint/docs.test.ts
 */
const root = join(__dirname, '..', '..');
const path = join(root, 'docs', 'blueprint.md');
const text = readFileSync(path, 'utf8');

const table = [
  '| type | filled in |',
  '|---|---|',
  ...Object.entries(DEFAULTS_BY_TYPE).map(([type, { table: defaults, replaces = [], deletes = [], refuses = [] }]) => {
    const effect = (name: string): string[] => [...replaces.includes(name) ? ['replaces'] : [], ...deletes.includes(name) ? ['deletes'] : [], ...refuses.includes(name) ? ['shuts out'] : []];
    const names = Object.entries(defaults).filter(([, { cfn }]) => cfn).map(([name]) => (effect(name).length ? `**${name}** (${effect(name).join(', ')})` : name));
    return `| \`${type}\` | ${names.join(', ')} |`;
  }),
].join('\n');

/** The classes by their modules, `aws-cdk-lib.aws-s3.Bucket` as `Bucket` of `aws-s3`. CDK leaves a letter of `aws-logs` out. */
const modules = new Map<string, string[]>();
for (const id of HARDENINGS.map(({ injectionId }) => injectionId.replace('.aws-log.', '.aws-logs.')).sort()) {
  const [, module, name] = id.split('.');
  modules.set(module, [...modules.get(module) ?? [], `\`${name}\``]);
}
const classes = [...modules].map(([module, names]) => `- ${module}: ${names.join(', ')}`).join('\n');

test('docs/blueprint.md lists the classes that have an injector, and what is filled in', () => {
  const expected = Object.entries({ classes, filled: table }).reduce((before, [mark, made]) => {
    const begin = `<!-- ${mark} -->\n`;
    const [from, to] = [before.indexOf(begin) + begin.length, before.indexOf(`<!-- /${mark} -->`)];
    expect(from).toBeGreaterThanOrEqual(begin.length);
    expect(to).toBeGreaterThanOrEqual(from);
    return `${before.slice(0, from)}${made}\n${before.slice(to)}`;
  }, text);
  if (process.env.UPDATE_DOCS) writeFileSync(path, expected);
  else expect(text).toBe(expected);
});

/** What the examples use; each stands on its own. */
const HEAD = `
import { App, Aspects, IPropertyInjector, InjectionContext, PropertyInjectors, Shims, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Soc2Blueprint } from 'cdk-soc2';
void [Aspects, Shims, Stack, s3];
`;
const examples = [...text.matchAll(/^( *)```ts\n([^]*?)^ *```/gm)].map(([, indent, code], at): [number, string] => [at + 1, `${HEAD}${code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')}\nexport { app };\n`]);

test('docs/blueprint.md has examples, which compile', () => {
  expect(examples).toHaveLength(3);
  expect(complaints(new Map(examples.map(([at, source]) => [`blueprint-example-${at}.ts`, source])))).toEqual([]);
}, 120_000);

test.each(examples)('example %d of docs/blueprint.md synthesizes what it says', (_, source) => {
  const { stacks } = run<{ app: App }>(source).app.synth();
  const buckets = stacks.flatMap(({ template }) => Object.entries<any>(template.Resources)).filter(([id]) => id.startsWith('Orders')).filter(([, { Type }]) => Type === 'AWS::S3::Bucket');
  for (const [, { Properties }] of buckets) expect(Properties).toMatchObject({ VersioningConfiguration: { Status: 'Enabled' }, PublicAccessBlockConfiguration: { BlockPublicAcls: true } });
  expect(stacks.length).toBe(buckets.length);
});
