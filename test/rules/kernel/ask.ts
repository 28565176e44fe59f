import { evaluate, Property, Result, rule, RuleOptions, RuleSpec, Truth } from '../../../src/rules/kernel';
import { LoadOptions } from '../../../src/template';
import { Json, JsonObject } from '../../../src/template/json';
import { SECTIONS, templateOf } from '../../template/values';

export const SPEC: Omit<RuleSpec, 'id' | 'check'> = {
  resourceTypes: ['T'], title: '', severity: 'low', criteria: { direct: [] }, rationale: '', remediation: { cfn: '' },
};

export interface More { readonly sections?: JsonObject; readonly options?: LoadOptions; readonly rule?: RuleOptions }

/** The result of a question to the property `A` of a resource, in a template with one of everything. */
export function result(raw: Json | undefined, question: (place: Property) => Truth, { sections = {}, options, rule: ruleOptions }: More = {}): Result {
  const properties: JsonObject = raw === undefined ? {} : { A: raw };
  const resources = { ...SECTIONS.Resources as JsonObject, ...sections.Resources as JsonObject, Subject: { Type: 'T', Properties: properties } };
  const template = templateOf(JSON.stringify({ ...SECTIONS, ...sections, Resources: resources }), {}, options);
  const check = rule({ ...SPEC, id: 'Test.Ask', check: (resource) => question(resource.get('A')) });
  return evaluate(check, template.resources.get('Subject')!, ruleOptions);
}

/** The same in one line: `yes`, `no: why`, `? why` or `skip: why`. */
export function ask(raw: Json | undefined, question: (place: Property) => Truth, more?: More): string {
  const { verdict, message, reason, crashed } = result(raw, question, more);
  if (crashed) throw new Error(reason);
  return { 'pass': 'yes', 'fail': `no: ${message}`, 'not-evaluated': `? ${reason}`, 'not-applicable': `skip: ${reason}` }[verdict];
}
