import type { Rule } from './kernel';
import * as kms from './kms';
import * as s3 from './s3';
import { compareText, nearest } from '../template/text';

let sorted: readonly Rule[] | undefined;
let byType: Map<string, readonly Rule[]> | undefined;
let byId: Map<string, Rule> | undefined;

/** All rules, by id. Collected on first use: importing the registry costs nothing but loading the declarations. */
export function allRules(): readonly Rule[] {
  if (!sorted) {
    const services: Record<string, unknown>[] = [kms, s3];
    sorted = services.flatMap((service) => Object.values(service).filter(isRule)).sort((a, b) => compareText(a.id, b.id));
  }
  return sorted;
}

function isRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && 'resourceTypes' in value && 'check' in value;
}

/** The rules that apply to a resource type. */
export function rulesForType(type: string): readonly Rule[] {
  if (!byType) {
    const map = new Map<string, Rule[]>();
    for (const rule of allRules()) {
      for (const one of rule.resourceTypes) {
        const list = map.get(one);
        if (list) list.push(rule);
        else map.set(one, [rule]);
      }
    }
    byType = map;
  }
  return byType.get(type) ?? [];
}

/**
 * The rule with an id.
 *
 * @throws Error naming the id, with the nearest one that exists.
 */
export function ruleById(id: string): Rule {
  byId ??= new Map(allRules().map((rule) => [rule.id, rule]));
  const found = byId.get(id);
  if (found) return found;
  const near = nearest(id, [...byId.keys()]);
  throw new Error(`rule ${JSON.stringify(id)} does not exist${near ? `; did you mean ${JSON.stringify(near)}?` : ''}`);
}
