import { METADATA_KEY } from './metadata';
import { isObject, Json, own } from '../template/json';
import type { Template } from '../template/model';

/** A control that another system provides for the environment of a stack. */
export interface InheritedControl {
  /** The environment rule. */
  readonly rule: string;
  /** Who provides it, e.g. the landing zone. */
  readonly providedBy: string;
  /** Where that is shown. */
  readonly evidence?: string;
}

/** What a stack declares of the account and region that it is deployed to. */
export interface EnvironmentDeclaration {
  readonly inherited: readonly InheritedControl[];
  /** Environment rules that the templates themselves must show. */
  readonly required: readonly string[];
}

/** Reads back what `declareEnvironment` wrote. Malformed parts are left out: a template may come from anywhere. */
export function readEnvironment(template: Template): EnvironmentDeclaration {
  const raw = own(template.metadata, METADATA_KEY);
  if (!isObject(raw)) return { inherited: [], required: [] };
  const list = (key: string): Json[] => {
    const value = own(raw, key);
    return Array.isArray(value) ? value : [];
  };
  return {
    inherited: list('inherited').flatMap((one) => (isObject(one) && typeof one.rule === 'string' && typeof one.providedBy === 'string'
      ? [{ rule: one.rule, providedBy: one.providedBy, ...typeof one.evidence === 'string' && { evidence: one.evidence } }] : [])),
    required: list('required').filter((one): one is string => typeof one === 'string'),
  };
}
