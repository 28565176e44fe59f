import { DISCLAIMER } from '../findings';
import { CATEGORY_SHORT, count, list, number } from './format';
import { html, Html } from './markup';
import { facts, verdictBadge } from './parts';
import type { View } from './view';

/** The first page: what this is, what it covers, and the exceptions first. */
export function cover(view: View): Html {
  const { ledger, counts } = view;
  const { totals, run, scope } = ledger;
  const unread = ledger.inputs.filter(({ error }) => error !== undefined).length;
  const withEvidence = ledger.criteria.filter(({ coverage }) => coverage === 'evaluated').length;
  const withoutRule = ledger.criteria.filter(({ coverage }) => coverage === 'no-rule').length;
  return html`<header class="cover" id="cover">
<p class="kind">Evidence prepared by management</p>
<h1>SOC 2 design evidence</h1>
<p class="lead">What the infrastructure templates of ${count(totals.stacks, 'stack')} say, as of <strong>${run.asOf}</strong>, about ${
    count(ledger.criteria.length, 'Trust Services Criterion', 'Trust Services Criteria')}.</p>
<div class="tiles">
<a class="tile ${counts.fail > 0 ? 'fail' : 'none'}" href="#exceptions"><b>${number(counts.fail)}</b>${verdictBadge('fail', counts.fail === 1 ? 'Exception' : 'Exceptions')}</a>
<a class="tile ${counts.notEvaluated > 0 ? 'not-evaluated' : 'none'}" href="#not-evaluated"><b>${number(counts.notEvaluated)}</b>${verdictBadge('not-evaluated')}</a>
<a class="tile" href="#waivers"><b>${number(counts.waived)}</b>${verdictBadge('waived')}</a>
<a class="tile" href="#controls"><b>${number(counts.baselined)}</b>${verdictBadge('baselined')}</a>
<a class="tile" href="#controls"><b>${number(counts.pass)}</b>${verdictBadge('pass')}</a>
<a class="tile" href="#controls"><b>${number(counts.notApplicable)}</b>${verdictBadge('not-applicable')}</a>
</div>
${unread > 0 && html`<p class="alert"><strong>The population is not complete:</strong> ${count(unread, 'input')} could not be read. See <a href="#unread">inputs that could not be read</a>.</p>`}
${facts([
    ['Categories', capitalList(scope.categories.map((category) => CATEGORY_SHORT[category]))],
    ['Criteria', html`${number(ledger.criteria.length)} in scope: ${number(withEvidence)} with design evidence, ${number(ledger.criteria.length - withEvidence - withoutRule)} with rules but no resource,
<a href="#outside">${number(withoutRule)} without any rule</a>`],
    ['Population', `${count(totals.resources, 'resource')} in ${count(totals.stacks, 'stack')}; rules were evaluated on ${number(totals.resourcesWithRules)}`],
    ['Tests', `${count(view.rules.length, 'rule')}, ${count(totals.evaluations, 'evaluation')}`],
    ['Evidence of', 'design at a date. How a control operated over a period is not shown here.'],
    ['Prepared with', html`${ledger.tool.name} ${ledger.tool.version}`],
    ['Ledger digest', html`<code class="digest">${ledger.digest}</code>`],
  ])}
<p class="statement"><strong>${DISCLAIMER}</strong> A result of an automated check is a statement about settings in templates.
Whether a criterion is met is for management to assert and for the service auditor to conclude.</p>
</header>`;
}

function capitalList(names: readonly string[]): string {
  return list(names.map((name, index) => (index === 0 ? name : name.charAt(0).toLowerCase() + name.slice(1))));
}
