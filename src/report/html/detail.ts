import type { LedgerEvaluation } from '../../ledger/model';
import { count, number, resultText, tested } from './format';
import { html, Html, join } from './markup';
import { filterKeys, resultBadge } from './matrix';
import { bar, criteriaLinks, cutNotice, facts, findings, placeOf, resourceName, Section, severityBadge, table, th, verdictBadge } from './parts';
import type { RuleView, View } from './view';

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

function control(view: View, each: RuleView): Html {
  const { rule, counts, evaluations } = each;
  const { criteria, verdicts } = filterKeys(each);
  const exceptions = view.anchors.link('exceptions', rule.id);
  const shown = evaluations.slice(0, view.rowLimit);
  return html`<article class="control" id="${view.anchors.of('rule', rule.id)}" data-rule="${rule.id}" data-c="${criteria}" data-s="${rule.severity}" data-v="${verdicts}">
<h3><code>${rule.id}</code> ${rule.title} ${severityBadge(rule.severity)}</h3>
<p class="result">${resultBadge(each)} ${resultText(counts)}${exceptions !== undefined && html` <a href="${exceptions}">${counts.fail === 1 ? 'See the exception' : 'See the exceptions'}</a>`}</p>
${bar(counts, rule.id)}
${facts([
    ['Why it matters', rule.rationale],
    ['Criteria, direct', rule.criteria.direct.length > 0 ? criteriaLinks(view, rule.criteria.direct) : html`<em>none</em>`],
    rule.criteria.supporting.length > 0 && ['Criteria, supporting', criteriaLinks(view, rule.criteria.supporting)],
    ['Applies to', join(rule.resourceTypes.map((type) => html`<code>${type}</code>`), ', ')],
    ['In operation', rule.configRule === undefined
      ? html`<em>no AWS Config managed rule observes the same</em>`
      : html`AWS Config managed rule <code>${rule.configRule}</code> observes the same`],
    ['How to mend', mend(each)],
  ])}
<details class="population"><summary>Population: ${count(evaluations.length, 'evaluation')}${counts.notApplicable > 0 && html`, ${number(tested(counts))} of them applicable`}</summary>
${cutNotice(shown.length, evaluations.length, 'evaluations, exceptions first')}${table(`Population of ${rule.id}`, [th('Result'), th('Resource'), th('Stack and environment'), th('Read')],
    shown.map((evaluation) => populationRow(view, evaluation)), { className: 'rows' })}
</details>
</article>
`;
}

/** How to mend a failure, from the most convenient way to the plainest. */
export function mend({ rule: { remediation } }: RuleView): Html {
  return html`${remediation.construct !== undefined && html`use <code>${remediation.construct}</code>; or `}${
    remediation.l2 !== undefined && html`in the CDK construct, <code>${remediation.l2}</code>; or `}in CloudFormation, <code>${remediation.cfn}</code>`;
}

function populationRow(view: View, evaluation: LedgerEvaluation): Html {
  const { verdict, resource } = evaluation;
  return html`<tr data-v="${verdict}"><td>${verdictBadge(verdict)}</td><td>${resourceName(view, resource)}</td><td>${placeOf(view, resource)}</td><td>${findings(view, evaluation)}</td></tr>
`;
}
