import { all, ResourceReader, Truth } from '../kernel';

/** What keeps the data: the resource itself, or a last snapshot of it. */
export const KEPT = ['Retain', 'RetainExceptOnCreate', 'Snapshot'];

/** The data outlives its stack and a replacement. CloudFormation deletes it otherwise (CloudFormation user guide, "DeletionPolicy attribute"). */
export function retained(resource: ResourceReader): Truth {
  return all(resource.attribute('DeletionPolicy').oneOf(KEPT), resource.attribute('UpdateReplacePolicy').oneOf(KEPT));
}
