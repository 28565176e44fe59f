import { count, number, resultText, tested, VERDICT_ORDER } from './format';
import { breakable, html, Html, join } from './markup';
import { criteriaLinks, failureWord, row, rowHead, ruleLink, Section, severityBadge, stateBadge, table, td, th } from './parts';
import type { RuleView, View } from './view';
import type { CriterionId } from '../../criteria';
import type { LedgerRule } from '../../ledger/model';

const HEADS = [
  th('Control #'), th('Criteria'), th('Control activity'), th('Suggested procedure'), th('Population', 'n'), th('Result of automated check'), th('Auditor ref / viewed'),
];

/** One row per control: what it is, how to test it, over how many items, and what came out. */
export function matrix(view: View): Section {
  return {
    id: 'matrix',
    title: 'Control matrix',
    content: html`
<p>One row per rule that was evaluated. “Result of automated check” is what the tool found in the templates; it is not the auditor’s conclusion.
The last column is the auditor’s own: it is empty, and notes typed into it stay in this browser.</p>
${table('Control matrix', HEADS, view.rules.map((each) => controlRow(view, each)), { className: 'matrix' })}
${view.idleRules.length > 0 && html`<h3 id="idle">Rules with nothing to apply to</h3>
<p>${count(view.idleRules.length, 'rule')} of the rule set found no resource in the templates. That is not a pass.</p>
<details><summary>${count(view.idleRules.length, 'rule')}</summary>
${table('Rules with nothing to apply to', [th('Rule'), th('Criteria'), th('Resource types')], view.idleRules.map((rule) => idleRow(view, rule)))}
</details>`}`,
  };
}

function controlRow(view: View, each: RuleView): Html {
  const { rule: { id, title, severity, criteria: { direct, supporting } }, counts } = each;
  return row([
    rowHead([ruleLink(view, id), severityBadge(severity)]),
    td(criteriaLinks(view, direct), supporting.length > 0 && html`<small>supporting ${criteriaLinks(view, supporting)}</small>`),
    td(title),
    td(procedure(view, each)),
    html`<td class="n">${number(tested(counts))}${counts.notApplicable > 0
      && html`<small>of ${number(counts.evaluations)}; ${number(counts.notApplicable)} not applicable</small>`}</td>`,
    td(result(view, each)),
    html`<td class="ref" data-ref="${id}"></td>`,
  ], html` data-rule="${id}"`);
}

function idleRow(view: View, { id, title, criteria, resourceTypes }: LedgerRule): Html {
  return row([
    rowHead(html`<code>${id}</code><small>${title}</small>`),
    td(criteriaLinks(view, [...criteria.direct, ...criteria.supporting])),
    td(join(resourceTypes.map((type) => html`<code>${type}</code>`), ', ')),
  ], html` id="${view.anchors.of('rule', id)}"`);
}

/** The result in words, in the look of the worst thing that was found; a waived deviation is not shown as a pass. */
export function result(view: View, { rule, counts }: RuleView): Html {
  const { verdict, head, rest } = resultText(counts, failureWord(rule));
  const link = view.anchors.link('exceptions', rule.id);
  return html`${stateBadge(rule.advisory && verdict === 'fail' ? 'remark' : verdict, head)} ${rest}${
    link !== undefined && html` <a href="${link}">${counts.fail === 1 ? 'See the exception' : 'See the exceptions'}</a>`}`;
}

/** Criteria and verdicts of a control, for the filters. */
export function filterKeys({ rule, evaluations }: RuleView): { readonly criteria: string; readonly verdicts: string } {
  const criteria: readonly CriterionId[] = [...rule.criteria.direct, ...rule.criteria.supporting];
  return { criteria: criteria.join(' '), verdicts: VERDICT_ORDER.filter((verdict) => evaluations.some((each) => each.verdict === verdict)).join(' ') };
}

/** Says what an auditor would look at to test the control by hand. */
function procedure(view: View, each: RuleView): Html {
  const n = tested(each.counts);
  const types = typesOf(view, each);
  const items = html`${types.length > 0 && html`${join(types.map((type) => html`<code>${breakable(type)}</code>`), ', ')} `}${n === 1 ? 'resource' : 'resources'}`;
  const again = html`or re-perform with the <a href="#re-perform">command in section 1</a>`;
  if (n === 0) return html`Confirm that the rule does not apply to any of the ${number(each.counts.evaluations)} ${items}, ${again}.`;
  const paths = commonPaths(each).map((path) => (path.includes(' ') ? html`${path}` : html`<code>${breakable(path)}</code>`));
  return html`Inspect ${paths.length > 0 ? join(paths, ', ') : html`the settings that the control detail lists`} of the ${number(n)} ${items} in the templates, ${again}.`;
}

/** The types of the resources that the rule was evaluated on. */
function typesOf(view: View, { evaluations, counts }: RuleView): string[] {
  const found = new Set<string>();
  for (const { resource, verdict } of evaluations) {
    const type = view.resources.get(resource)?.resource?.type;
    if (type !== undefined && (verdict !== 'not-applicable' || tested(counts) === 0)) found.add(type);
  }
  return [...found].sort();
}

/** Up to three properties that most of the evaluations have read, in the order of reading. */
function commonPaths({ evaluations }: RuleView): string[] {
  const read = new Map<string, number>();
  let withEvidence = 0;
  for (const { evidence } of evaluations) {
    if (evidence.length > 0) withEvidence++;
    for (const { path } of evidence) read.set(path, (read.get(path) ?? 0) + 1);
  }
  return [...read].filter(([, times]) => times * 2 >= withEvidence).map(([path]) => path).slice(0, 3);
}
