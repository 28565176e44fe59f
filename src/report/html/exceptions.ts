import { mend } from './detail';
import { count, number, resultText } from './format';
import { breakable, html, Html } from './markup';
import { filterKeys } from './matrix';
import {
  criteriaNames, cutNotice, facts, findings, numberCell, placeOf, resourceName, row, rowHead,
  ruleLink, Section, severityBadge, stateBadge, table, td, th, verdictBadge,
} from './parts';
import type { RuleView, View } from './view';
import type { LedgerEvaluation } from '../../ledger/model';
import { SEVERITIES } from '../../rules/kernel';

/** Everything that failed, by rule, the most severe first; then what could not be evaluated. */
export function exceptions(view: View): Section {
  const failing = view.rules.filter(({ counts }) => counts.fail > 0);
  const ordered = SEVERITIES.flatMap((severity) => failing.filter(({ rule }) => rule.severity === severity));
  return {
    id: 'exceptions',
    title: 'Exceptions',
    badge: view.counts.fail,
    content: html`
${ordered.length === 0
  ? html`<p class="none">${stateBadge('pass', 'None')} No exceptions noted in ${count(view.counts.evaluations, 'evaluation')}.${
    view.counts.notEvaluated > 0 && html` ${number(view.counts.notEvaluated)} could not be evaluated: see below.`}</p>`
  : html`<p>${count(view.counts.fail, 'exception')} under ${count(ordered.length, 'rule')}. An exception is an evaluation that failed and that no waiver or baseline covers.
Cause, effect and management’s response are for management to add.</p>`}
${ordered.map((each) => group(view, each))}
<h3 id="not-evaluated">Not evaluated</h3>
${notEvaluated(view)}`,
  };
}

function group(view: View, each: RuleView): Html {
  const { rule, counts, evaluations } = each;
  const failed = evaluations.filter(({ verdict }) => verdict === 'fail');
  const shown = failed.slice(0, view.rowLimit);
  const { criteria } = filterKeys(each);
  const { head, rest } = resultText(counts);
  return html`<article class="group" id="${view.anchors.of('exceptions', rule.id)}" ${
    html`data-rule="${rule.id}" data-c="${criteria}" data-s="${rule.severity}" data-v="fail"`}>
<h3>${ruleLink(view, rule.id)} ${rule.title} ${severityBadge(rule.severity)}</h3>
<p class="result">${verdictBadge('fail', head)} ${rest} <a href="#${view.anchors.of('rule', rule.id)}">See the control</a></p>
${facts([
  ['Criteria', criteriaNames(view, [...rule.criteria.direct, ...rule.criteria.supporting])],
  ['How to mend', mend(each)],
])}
${cutNotice(shown.length, failed.length, 'exceptions')}
${table(`Exceptions of ${rule.id}`, [th('Resource', 'wide'), th('Stack and environment'), th('Defined at'), th('What was found')],
  shown.map((evaluation) => exceptionRow(view, evaluation)), { className: 'rows' })}
</article>
`;
}

function exceptionRow(view: View, evaluation: LedgerEvaluation): Html {
  const { resource } = evaluation;
  const location = evaluation.location ?? view.resources.get(resource)?.resource?.location;
  return row([
    rowHead(resourceName(view, resource)),
    td(placeOf(view, resource)),
    td(location === undefined ? html`<em>not recorded</em>` : html`<code class="id">${breakable(location)}</code>`),
    td(findings(view, evaluation)),
  ], html` data-v="fail"`);
}

/** Reasons, by rule: an auditor needs other evidence for these items. */
function notEvaluated(view: View): Html {
  const open = view.rules.filter(({ counts }) => counts.notEvaluated > 0);
  if (open.length === 0) return html`<p class="none">${stateBadge('pass', 'None')} Every evaluation came to a result.</p>`;
  return html`<p>${count(view.counts.notEvaluated, 'evaluation')} came to no result, because the template does not hold a value or the rule failed to run.
That is neither a pass nor an exception: other evidence is needed. The resources are in the population of each control.</p>
${table('Not evaluated, by rule and reason', [th('Rule'), th('Reason'), th('Evaluations', 'n')],
  open.flatMap((each) => [...reasons(each)].map(([reason, { times, crashed }]) => row([
    rowHead([ruleLink(view, each.rule.id), html`<small>${each.rule.title}</small>`]),
    td(crashed && html`${stateBadge('fail', 'Failed to run')} `, reason),
    numberCell(times),
  ]))))}`;
}

function reasons({ evaluations }: RuleView): Map<string, { times: number; crashed: boolean }> {
  const found = new Map<string, { times: number; crashed: boolean }>();
  for (const { verdict, reason = 'no reason recorded', crashed } of evaluations) {
    if (verdict !== 'not-evaluated') continue;
    const known = found.get(reason) ?? { times: 0, crashed: false };
    found.set(reason, { times: known.times + 1, crashed: known.crashed || crashed === true });
  }
  return found;
}
