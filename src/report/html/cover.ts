import type { Verdict } from '../../ledger/model';
import { DISCLAIMER } from '../findings';
import { CATEGORY_SHORT, count, countOf, list, number, VERDICT_NAMES, VERDICT_ORDER } from './format';
import { html, Html } from './markup';
import { facts, verdictBadge } from './parts';
import type { View } from './view';
import { coverText } from './waivers';

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
<div class="tiles">${VERDICT_ORDER.map((verdict) => tile(verdict, countOf(counts, verdict)))}</div>
${unread > 0 && html`<p class="alert"><strong>The population is not complete:</strong> ${count(unread, 'input')} could not be read.
See <a href="#unread">inputs that could not be read</a>.</p>`}
${facts([
  ['Categories', capitalList(scope.categories.map((category) => CATEGORY_SHORT[category]))],
  ['Criteria', html`${number(ledger.criteria.length)} in scope: ${number(withEvidence)} with design evidence, ${number(ledger.criteria.length - withEvidence - withoutRule)} with rules but no resource,
<a href="#outside">${number(withoutRule)} without any rule</a>`],
  ['Population', `${count(totals.resources, 'resource')} in ${count(totals.stacks, 'stack')}; rules were evaluated on ${number(totals.resourcesWithRules)}`],
  ['Tests', `${count(view.rules.length, 'rule')}, ${count(totals.evaluations, 'evaluation')}`],
  counts.waived > 0 && ['Waived', coverText(view)],
  ['Evidence of', 'Design at a date. How a control operated over a period is not shown here.'],
  ['Prepared with', html`${ledger.tool.name} ${ledger.tool.version}`],
  ['Ledger digest', html`<code class="digest">${ledger.digest}</code>`],
])}
<p class="statement"><strong>${DISCLAIMER}</strong> A result of an automated check is a statement about settings in templates.
Whether a criterion is met is for management to assert and for the service auditor to conclude.</p>
</header>`;
}

const PLACES: Readonly<Partial<Record<Verdict, string>>> = { 'fail': 'exceptions', 'not-evaluated': 'not-evaluated', 'waived': 'waivers' };

function tile(verdict: Verdict, value: number): Html {
  const name = verdict === 'fail' && value !== 1 ? 'Exceptions' : VERDICT_NAMES[verdict];
  return html`<a class="tile ${value > 0 ? verdict : ''}" href="#${PLACES[verdict] ?? 'controls'}"><b>${number(value)}</b>${verdictBadge(verdict, name)}</a>`;
}

function capitalList(names: readonly string[]): string {
  return list(names.map((name, index) => (index === 0 ? name : name.charAt(0).toLowerCase() + name.slice(1))));
}
