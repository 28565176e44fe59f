import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import * as ts from 'typescript';
import { complaints, run } from './compiled';
import { undeployable } from './deployable';
import { appWith, CONCRETE, modelOf } from './harness';
import { evaluate, rulesForType } from '../../src/rules';
import * as soc2 from 'cdk-soc2';

/*
 * The example of each page compiles and synthesizes, within the constructor of a stack, and nothing in it fails a rule that is on by default. Imports are found
 * by name, as readers find them; everything else an example declares itself.
 */
const folder = join(__dirname, '..', '..', 'docs', 'constructs');

/** The usual names of modules where they are not those of the services. */
const ALIASES: Readonly<Record<string, string>> = {
  acm: 'aws-certificatemanager', actions: 'aws-cloudwatch-actions', apigwv2: 'aws-apigatewayv2', authorizers: 'aws-apigatewayv2-authorizers', elbv2: 'aws-elasticloadbalancingv2', firehose: 'aws-kinesisfirehose', integrations: 'aws-apigatewayv2-integrations',
  opensearch: 'aws-opensearchservice', origins: 'aws-cloudfront-origins', sfn: 'aws-stepfunctions', sources: 'aws-lambda-event-sources', subscriptions: 'aws-sns-subscriptions', targets: 'aws-events-targets', tasks: 'aws-stepfunctions-tasks', eks: 'aws-eks-v2',
};

interface Example { readonly page: string; readonly body: string; readonly source: string }

function exampleOf(page: string): Example {
  const text = readFileSync(join(folder, page), 'utf8');
  const section = text.slice(text.indexOf('## Example'), text.indexOf('## What it makes'));
  const blocks = [...section.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code);
  const imports = blocks.flatMap((code) => code.match(/^import .*;$/gm) ?? []);
  const body = blocks.map((code) => code.replace(/^import .*;$/gm, '')).join('\n');
  const head = [...importsOf(body, imports.join('\n')), ...imports, "import { Stack as Host } from 'aws-cdk-lib';"].join('\n');
  return { page, body, source: `${head}\nexport function build(this: Host): void {\n${body}\n}\n` };
}

/** The imports that the names in a piece of code need. */
function importsOf(code: string, given: string): string[] {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true);
  const [used, declared, namespaces] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const visit = (node: ts.Node): void => {
    if ((ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name && ts.isIdentifier(node.name)) declared.add(node.name.text);
    const { parent } = node;
    const property = parent && ((ts.isPropertyAssignment(parent) && parent.name === node) || (ts.isPropertyAccessExpression(parent) && parent.name === node)
      || (ts.isQualifiedName(parent) && parent.right === node));
    if (ts.isIdentifier(node) && !property) {
      used.add(node.text);
      if ((ts.isPropertyAccessExpression(parent) && parent.expression === node) || (ts.isQualifiedName(parent) && parent.left === node)) namespaces.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...used].filter((name) => !declared.has(name) && !new RegExp(`\\b${name}\\b`).test(given)).flatMap((name) => {
    if (name in soc2) return [`import { ${name} } from 'cdk-soc2';`];
    if (name in cdk) return [`import { ${name} } from 'aws-cdk-lib';`];
    if (name === 'cdk') return ["import * as cdk from 'aws-cdk-lib';"];
    if (namespaces.has(name) && /^[a-z]/.test(name)) return [`import * as ${name} from 'aws-cdk-lib/${ALIASES[name] ?? `aws-${name}`}';`];
    return [];
  });
}

const examples = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md').sort().map(exampleOf);

test('the examples of all pages compile', () => {
  expect(complaints(new Map(examples.map(({ page, source }) => [`example-${page}.ts`, source])))).toEqual([]);
}, 120_000);

test.each(examples.map((example): [string, Example] => [example.page, example]))('the example of docs/constructs/%s synthesizes, and fails nothing', (_, { source }) => {
  const { build } = run<{ build(this: cdk.Stack): void }>(source);
  const app = appWith();
  const region = /us-east-1/.test(source) ? { account: '111111111111', region: 'us-east-1' } : CONCRETE.env;
  const stack = new cdk.Stack(app, 'Docs', { env: region });
  build.call(stack);
  const model = modelOf(app);
  const failed = model.templates.flatMap((template) => [...template.resources.values()]).flatMap((resource) => rulesForType(resource.type)
    .filter((rule) => rule.onByDefault && rule.concerns?.(resource) !== false && evaluate(rule, resource).verdict === 'fail').map(({ id }) => `${resource.logicalId} ${id}`));
  const optedOut = [...source.matchAll(/OptOut\.of\('([\w.]+)'/g)].map(([, rule]) => rule);
  expect(failed.filter((one) => !optedOut.some((rule) => one.endsWith(` ${rule}`)))).toEqual([]);
  expect(undeployable(model)).toEqual([]);
});
