import { Aspects, IAspect, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Adds an Aspect to a scope and to every Stage that lies below it now: CDK applies no Aspect across the border of a Stage, and what is
 * declared for an app is meant for all of it.
 */
export function belowStages(scope: IConstruct, aspect: IAspect): void {
  Aspects.of(scope).add(aspect);
  for (const stage of stagesBelow(scope)) Aspects.of(stage).add(aspect);
}

/** The Stages that lie below a scope now. */
export function stagesBelow(scope: IConstruct): IConstruct[] {
  return scope.node.findAll().filter((node) => node !== scope && Stage.isStage(node));
}
