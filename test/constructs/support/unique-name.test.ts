import { NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { uniqueName } from '../../../src/constructs/support/unique-name';
import { appWith } from '../harness';

const options = { maxLength: 40, separator: '-' };
const nameIn = (scope: Construct): string => uniqueName(new Construct(scope, 'Trail'), options);

test('differs between stacks, Stages, nested stacks of one id below different stacks, and those nested deeper', () => {
  const app = appWith();
  const stacks = ['A', 'B'].map((id) => new Stack(app, id));
  const staged = new Stack(new Stage(app, 'Prod'), 'A');
  const nested = [...stacks, staged].map((stack) => new NestedStack(stack, 'N'));
  const deeper = nested.map((stack) => new NestedStack(stack, 'N'));
  const names = [...stacks, staged, ...nested, ...deeper].map(nameIn);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9-]{1,39}$/);
});

test('stays the same, and is the one of CDK outside of nested stacks', () => {
  const make = (): string => nameIn(new NestedStack(new Stack(appWith(), 'A'), 'N'));
  expect(make()).toBe(make());
  expect(nameIn(new Stack(appWith(), 'A'))).toMatch(/^A-Trail-[0-9A-F]{8}$/);
});
