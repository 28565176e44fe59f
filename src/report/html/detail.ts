import { count, number, tested } from './format';
import { breakable, html, Html, join } from './markup';
import { filterKeys, result } from './matrix';
import {
  bar, criteriaNames, cutNotice, facts, failureWord, findings, placeOf, resourceName, row, ruleBadge, Section, severityBadge, table, td, th,
} from './parts';
import { formula } from './summary';
import type { RuleView, View } from './view';
import type { LedgerEvaluation, LedgerRule } from '../../ledger/model';

/** One entry per control, with its full population: what passed as well as what did not. */
export function detail(view: View): Section {
  return {
    id: 'controls',
    title: 'Control detail',
    content: html`
<p>One entry per rule that was evaluated, with every resource it was evaluated on: exceptions first, passes included.
“Read” gives the property and the value that the result rests on, as JSON; <em>absent</em> means that the template does not set it.</p>
${view.rules.map((each) => control(view, each))}`,
  };
}

/** Weak or contested controls: recorded, counted apart, never an exception. */
export function advisory(view: View): Section {
  return {
    id: 'advisory',
    title: 'Advisory rules',
    content: view.advisory.length === 0
      ? html`<p class="none">None. No advisory rule was evaluated.</p>`
      : html`<p>Weak or contested controls: ${count(view.advisory.length, 'rule')}. They are evaluated and recorded, but counted apart: what they find is a remark, never an exception,
and no criterion of this report rests on them.</p>
${formula(view.ledger.totals.advisory, view.advisoryCounts, 'How the numbers of advisory rules add up')}
${view.advisory.map((each) => control(view, each))}`,
  };
}

function control(view: View, each: RuleView): Html {
  const { rule, counts, evaluations } = each;
  const { criteria, verdicts } = filterKeys(each);
  const shown = evaluations.slice(0, view.rowLimit);
  return html`<article class="control${rule.advisory ? ' advisory' : ''}" id="${view.anchors.of('rule', rule.id)}" ${
    html`data-rule="${rule.id}" data-c="${criteria}" data-s="${rule.severity}" data-v="${verdicts}"`}>
<h3><code>${breakable(rule.id)}</code> ${rule.title} ${severityBadge(rule.severity)}</h3>
<p class="result">${result(view, each)}</p>
${bar(counts, rule.id, failureWord(rule))}
${facts([
  ['Why it matters', rule.rationale],
  ['Criteria, direct', rule.criteria.direct.length > 0 ? criteriaNames(view, rule.criteria.direct) : html`<em>none</em>`],
  rule.criteria.supporting.length > 0 && ['Criteria, supporting', criteriaNames(view, rule.criteria.supporting)],
  ['Applies to', join(rule.resourceTypes.map((type) => html`<code>${type}</code>`), ', ')],
  ['In operation', rule.configRule === undefined
    ? html`<em>no AWS Config managed rule observes the same</em>`
    : html`AWS Config managed rule <code>${rule.configRule}</code> observes the same`],
  ['How to mend', mend(each)],
])}
<details class="population"><summary>Population: ${count(evaluations.length, 'evaluation')}${
  counts.notApplicable > 0 && html`, ${number(tested(counts))} of them applicable`}</summary>
${cutNotice(shown.length, evaluations.length, `evaluations, ${failureWord(rule)}s first`)}
${table(`Population of ${rule.id}`, [th('Result'), th('Resource', 'wide'), th('Stack and environment'), th('Read')],
  shown.map((evaluation) => populationRow(view, rule, evaluation)), { className: 'rows' })}
</details>
</article>
`;
}

/** How to mend a failure, from the most convenient way to the plainest. */
export function mend({ rule: { remediation } }: RuleView): Html {
  return html`<ul class="plain">${remediation.construct !== undefined && html`<li>Secure construct: <code>${remediation.construct}</code></li>`}${
    remediation.l2 !== undefined && html`<li>CDK construct: <code>${remediation.l2}</code></li>`}<li>CloudFormation: <code>${remediation.cfn}</code></li></ul>`;
}

function populationRow(view: View, rule: LedgerRule, evaluation: LedgerEvaluation): Html {
  const { verdict, resource } = evaluation;
  return row([td(ruleBadge(rule, verdict)), td(resourceName(view, resource)), td(placeOf(view, resource)), td(findings(view, evaluation))], html` data-v="${verdict}"`);
}
