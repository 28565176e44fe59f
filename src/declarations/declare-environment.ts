import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { EnvironmentDeclaration } from './environment';
import { METADATA_KEY } from './metadata';
import { belowStages } from './stages';
import { isObject, JsonObject } from '../template/json';

/** Writes a declaration into the metadata of every stack below a scope. */
export function declareEnvironment(scope: IConstruct, declaration: Partial<EnvironmentDeclaration>): void {
  belowStages(scope, {
    visit: (node) => {
      if (Stack.isStack(node) && !node.nestedStackParent) write(node, declaration);
    },
  });
}

function write(stack: Stack, { inherited = [], required = [] }: Partial<EnvironmentDeclaration>): void {
  const metadata = stack.templateOptions.metadata ?? {};
  const before = (isObject(metadata[METADATA_KEY]) ? metadata[METADATA_KEY] : {}) as JsonObject & Partial<EnvironmentDeclaration>;
  // An app may be synthesized several times, and a stack declared for twice: each control is said once, the last word counts.
  const controls = new Map([...before.inherited ?? [], ...inherited].map((one) => [one.rule, { ...one }]));
  const rules = new Set([...before.required ?? [], ...required]);
  stack.templateOptions.metadata = {
    ...metadata,
    [METADATA_KEY]: { ...before, ...controls.size > 0 && { inherited: [...controls.values()] }, ...rules.size > 0 && { required: [...rules].sort() } },
  };
}
