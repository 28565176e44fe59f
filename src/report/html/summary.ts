import { count, countOf, number, VERDICT_NAMES, VERDICT_ORDER } from './format';
import { html, Html, join } from './markup';
import { bar, criteriaLinks, numberCell, row, rowHead, Section, table, th } from './parts';
import { addCounts, View } from './view';
import { categoryTitle, type Category } from '../../criteria';
import { reconciles } from '../../ledger/counts';
import type { Counts, LedgerCriterion, Verdict } from '../../ledger/model';

/** The numbers: what they add up to, then by category, then by criterion. */
export function summary(view: View): Section {
  const { scope, criteria } = view.ledger;
  return {
    id: 'summary',
    title: 'Summary',
    content: html`
<h3 id="totals">All evaluations</h3>
<p>One evaluation is one rule on one resource.</p>
${formula(view.ledger.totals, view.counts, 'How the numbers add up')}
${view.advisory.length > 0 && html`<p>${number(view.advisoryCounts.evaluations)} evaluations of <a href="#advisory">advisory rules</a> are counted apart.</p>`}
<h3 id="by-category">By category</h3>
<p>A rule may map to several criteria, and its evaluations count for each of them. The rows below therefore add up to more than the totals above.</p>
${table('Numbers by category', [th('Category'), ...verdictHeads(), th('Evaluations', 'n')],
  scope.categories.map((category) => categoryRow(view, category)), { className: 'numbers' })}
<h3 id="by-criterion">By criterion</h3>
<p>A criterion without a rule has no numbers. That is not a pass: <a href="#outside">other evidence is needed</a> for it.</p>
${scope.categories.map((category) => criterionTable(view, category, criteria.filter((each) => each.category === category)))}`,
  };
}

/** The identity that every ledger has to hold, with its numbers. */
export function formula(stated: Counts, counts: Counts, label: string): Html {
  const agrees = reconciles(stated) && (Object.keys(counts) as (keyof Counts)[]).every((key) => counts[key] === stated[key]);
  const order = ['pass', 'fail', 'waived', 'baselined', 'not-evaluated', 'not-applicable'] as const;
  return html`<div class="formula" role="group" aria-label="${label}">
<p><code>evaluations = pass + fail + waived + baselined + not evaluated + not applicable</code></p>
<p class="sum">${term('evaluations', stated.evaluations)} <span class="op">=</span> ${
  join(order.map((verdict) => term(verdict, countOf(stated, verdict))), html` <span class="op">+</span> `)}</p>
<p>${agrees
  ? html`The sum holds, and counting the evaluations of this report again gives the same numbers.`
  : html`<strong class="wrong">The numbers do not reconcile.</strong> Counting the evaluations again gives ${number(counts.evaluations)} = ${
    order.map((verdict) => number(countOf(counts, verdict))).join(' + ')}. Do not rely on this report.`}</p>
</div>`;
}

function term(name: Verdict | 'evaluations', value: number): Html {
  return html`<span class="term ${name}"><b>${number(value)}</b><small>${name.replace('-', ' ')}</small></span>`;
}

function verdictHeads(): Html[] {
  return VERDICT_ORDER.map((verdict) => th(verdict === 'fail' ? 'Exceptions' : VERDICT_NAMES[verdict], 'n'));
}

function verdictCells(counts: Counts): Html[] {
  return VERDICT_ORDER.map((verdict) => numberCell(countOf(counts, verdict), verdict));
}

function categoryRow(view: View, category: Category): Html {
  const criteria = view.ledger.criteria.filter((each) => each.category === category);
  const ids = new Set<string>(criteria.map(({ id }) => id));
  const counts = addCounts(view.rules
    .filter(({ rule }) => [...rule.criteria.direct, ...rule.criteria.supporting].some((id) => ids.has(id)))
    .map((each) => each.counts));
  const covered = (coverage: LedgerCriterion['coverage']) => criteria.filter((each) => each.coverage === coverage).length;
  const title = categoryTitle(category);
  const coverage = `${count(criteria.length, 'criterion', 'criteria')}: ${number(covered('evaluated'))} with design evidence, ${
    number(covered('no-resource'))} with rules but no resource, ${number(covered('no-rule'))} without any rule`;
  return row([rowHead([title, html`<small>${coverage}</small>`, bar(counts, title)]), verdictCells(counts), numberCell(counts.evaluations)]);
}

function criterionTable(view: View, category: Category, criteria: readonly LedgerCriterion[]): Html {
  const title = categoryTitle(category);
  return html`<h4>${title}</h4>
${table(`Numbers by criterion: ${title}`,
  [th('Criterion'), th('Rules', 'n'), th('Resources', 'n'), ...verdictHeads(), th('Evaluations', 'n')],
  criteria.map((each) => criterionRow(view, each)), { className: 'numbers' })}`;
}

function criterionRow(view: View, { id, title, class: kind, coverage, rules, resources, counts }: LedgerCriterion): Html {
  const head = rowHead([criteriaLinks(view, [id]), ' ', title, coverage === 'evaluated' && bar(counts, `${id} ${title}`)]);
  const outside = html` class="outside"`;
  if (coverage === 'no-rule') {
    return row([head, html`<td colspan="9">${kind === 'organizational' ? 'No rule: outside infrastructure' : 'No rule in this rule set'}</td>`], outside);
  }
  if (coverage === 'no-resource') {
    return row([head, numberCell(rules), html`<td colspan="8">No resource to apply ${rules === 1 ? 'it' : 'them'} to: nothing is shown</td>`], outside);
  }
  return row([head, numberCell(rules), numberCell(resources), verdictCells(counts), numberCell(counts.evaluations)]);
}
