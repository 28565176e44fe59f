import { criterion, isCriterionId } from '../../criteria';
import type { LedgerCriterion } from '../../ledger/model';
import { CLASS_NAMES, count, countsText, number, VERDICT_ORDER } from './format';
import { breakable, html, Html, join } from './markup';
import { cutNotice, numberCell, place, ruleLink, Section, stateBadge, table, th, verdictBadge } from './parts';
import { countVerdicts, hasRules, ResourceView, View } from './view';

/** What was looked at, whether that is all there is, and what lies outside. */
export function scope(view: View): Section {
  return {
    id: 'scope',
    title: 'Scope and completeness',
    content: html`
<h3 id="environments">Accounts, regions and stacks</h3>
${environments(view)}
<h3 id="control-totals">Control totals</h3>
${controlTotals(view)}
<h3 id="unread">Inputs that could not be read</h3>
${unread(view)}
<h3 id="population">Population by resource type</h3>
<p>Every resource of the templates is counted, those without any rule included.</p>
${population(view)}
<h3 id="resources">All resources</h3>
<p>The full population, by type. Open a type to see its resources.</p>
<div class="inventory">${[...view.types].map(([type, members]) => inventory(view, type, members))}</div>
<h3 id="outside">Criteria without any rule</h3>
${outside(view)}`,
  };
}

function environments({ ledger, resources }: View): Html {
  const places = new Map<string, { templates: Set<string>; members: ResourceView[]; account: string; region: string; stack: string }>();
  for (const each of resources.values()) {
    if (each.resource === undefined) continue;
    const { account = 'not fixed', region = 'not fixed', stack = 'not named', template } = each.resource;
    const key = JSON.stringify([account, region, stack, each.resource.stack ?? template]);
    const known = places.get(key) ?? { templates: new Set<string>(), members: [], account, region, stack };
    known.templates.add(template);
    known.members.push(each);
    places.set(key, known);
  }
  const rows = [...places].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, { account, region, stack, templates, members }]) => {
    const counts = countVerdicts(members.flatMap(({ evaluations }) => evaluations));
    return html`<tr><td class="code">${account}</td><td class="code">${region}</td><th scope="row">${stack}</th><td>${join([...templates].map((name) => html`<code>${breakable(name)}</code>`), ', ')}</td>${
      numberCell(members.length)}${numberCell(members.filter(hasRules).length)}${numberCell(counts.evaluations)}${numberCell(counts.fail, 'fail')}</tr>
`;
  });
  if (rows.length === 0) return html`<p class="none">The inputs hold no resource.</p>`;
  const fixed = (key: 'account' | 'region') => new Set([...resources.values()].map(({ resource }) => resource?.[key]).filter((name) => name !== undefined)).size;
  return html`<p>${count(fixed('account'), 'account')} and ${count(fixed('region'), 'region')} named, ${count(ledger.totals.stacks, 'stack')}.
“Not fixed” means that the template can be deployed to any account or region.</p>
${table('Accounts, regions and stacks', [th('Account'), th('Region'), th('Stack'), th('Template'), th('Resources', 'n'), th('With rules', 'n'), th('Evaluations', 'n'), th('Exceptions', 'n')], rows, { className: 'places' })}`;
}

/** The population is reconciled: what the ledger states against what its rows give when counted again. */
function controlTotals(view: View): Html {
  const { ledger, counts, resources } = view;
  const unlisted = [...resources.values()].filter(({ resource }) => resource === undefined);
  const rows: readonly (readonly [string, number, number])[] = [
    ['Resources in the population', ledger.totals.resources, ledger.resources.length],
    ['Resources with rules', ledger.totals.resourcesWithRules, ledger.resources.filter(({ id }) => hasRules(resources.get(id)!)).length],
    ['Evaluations', ledger.totals.evaluations, counts.evaluations],
    ['Exceptions', ledger.totals.fail, counts.fail],
    ['Evaluations of advisory rules', ledger.totals.advisory.evaluations, view.advisoryCounts.evaluations],
    ['Remarks of advisory rules', ledger.totals.advisory.fail, view.advisoryCounts.fail],
    ['Evaluations in the ledger', ledger.totals.evaluations + ledger.totals.advisory.evaluations, ledger.evaluations.length],
  ];
  return html`${table('Control totals', [th('What'), th('Stated total', 'n'), th('Counted again', 'n'), th('Difference', 'n')],
    rows.map(([what, stated, counted]) => html`<tr><th scope="row">${what}</th>${numberCell(stated)}${numberCell(counted)}<td class="n">${
      stated === counted ? '0' : stateBadge('fail', number(Math.abs(stated - counted)))}</td></tr>
`), { className: 'short' })}
${unlisted.length > 0 && html`<p class="notice">${count(unlisted.length, 'evaluated subject')} (such as an account and region) ${
    unlisted.length === 1 ? 'is' : 'are'} not a resource of a template and so not part of these totals.</p>`}`;
}

function unread({ ledger }: View): Html {
  const failed = ledger.inputs.filter(({ error }) => error !== undefined);
  if (failed.length === 0) return html`<p class="none">${stateBadge('pass', 'None')} All ${count(ledger.inputs.length, 'input')} ${ledger.inputs.length === 1 ? 'was' : 'were'} read.</p>`;
  return html`<p>What these files hold is not part of the population. The rest of the report does not speak about it.</p>
${table('Inputs that could not be read', [th('File'), th('What is wrong')],
    failed.map(({ path, error }) => html`<tr><th scope="row">${stateBadge('fail', 'Not read')} <code>${path}</code></th><td>${error}</td></tr>
`))}`;
}

function population(view: View): Html {
  const rulesOf = new Map<string, number>();
  for (const rule of view.ledger.rules) for (const type of rule.resourceTypes) rulesOf.set(type, (rulesOf.get(type) ?? 0) + 1);
  const all = [...view.types.values()].flat();
  return table('Population by resource type',
    [th('Resource type'), th('Rules for it', 'n'), th('Resources', 'n'), th('With rules', 'n'), th('Without any rule', 'n'), th('Evaluations', 'n'), th('Exceptions', 'n')],
    [...view.types].map(([type, members]) => {
      const counts = countVerdicts(members.flatMap(({ evaluations }) => evaluations));
      const ruled = members.filter(hasRules).length;
      return html`<tr><th scope="row"><a href="#${view.anchors.of('type', type)}"><code>${type}</code></a></th>${numberCell(rulesOf.get(type) ?? 0)}${numberCell(members.length)}${numberCell(ruled)}${
        numberCell(members.length - ruled, 'not-evaluated')}${numberCell(counts.evaluations)}${numberCell(counts.fail, 'fail')}</tr>
`;
    }), {
      foot: html`<tr><th scope="row">All types</th><td></td>${numberCell(all.length)}${numberCell(all.filter(hasRules).length)}${
        numberCell(all.filter((each) => !hasRules(each)).length)}${numberCell(view.counts.evaluations)}${numberCell(view.counts.fail, 'fail')}</tr>`,
    });
}

function inventory(view: View, type: string, members: readonly ResourceView[]): Html {
  const shown = members.slice(0, view.rowLimit);
  return html`<details id="${view.anchors.of('type', type)}"><summary><code>${type}</code> <span class="note">${count(members.length, 'resource')}</span></summary>
${cutNotice(shown.length, members.length, 'resources')}${table(`Resources of type ${type}`,
    [th('Resource', 'wide'), th('Stack and environment'), th('Defined at'), th('Evaluations'), th('To look at')], shown.map((each) => resourceRow(view, each)), { className: 'rows' })}
</details>
`;
}

function resourceRow(view: View, each: ResourceView): Html {
  const { id, resource, evaluations, advisory } = each;
  const counts = countVerdicts(evaluations);
  const verdicts = VERDICT_ORDER.filter((verdict) => evaluations.some((each) => each.verdict === verdict));
  const attention = evaluations.filter(({ verdict }) => verdict === 'fail' || verdict === 'not-evaluated' || verdict === 'waived' || verdict === 'baselined');
  return html`<tr id="${view.anchors.of('resource', id)}" data-v="${verdicts.join(' ')}"><th scope="row"><code>${resource?.constructPath ?? resource?.logicalId ?? id}</code><small><code>${id}</code></small></th><td>${
    resource && place(resource)}</td><td>${resource?.location !== undefined && html`<code class="id">${breakable(resource.location)}</code>`}</td><td>${
    hasRules(each) ? countsText(counts) : html`<em>no rule for this resource</em>`}${advisory.length > 0 && html`<small>and ${number(advisory.length)} of advisory rules</small>`}</td><td>${
    attention.map(({ rule, verdict }) => html`<div>${verdictBadge(verdict)} ${ruleLink(view, rule)}</div>`)}</td></tr>
`;
}

function outside({ ledger, anchors }: View): Html {
  const none = ledger.criteria.filter(({ coverage }) => coverage === 'no-rule');
  const idle = ledger.criteria.filter(({ coverage }) => coverage === 'no-resource');
  return html`${none.length === 0
    ? html`<p class="none">Every criterion in scope has at least one rule.</p>`
    : html`<p>${count(none.length, 'criterion', 'criteria')} in scope ${none.length === 1 ? 'has' : 'have'} no rule. This report gives no evidence for ${none.length === 1 ? 'it' : 'them'}.</p>
${table('Criteria without any rule', [th('Criterion'), th('Class'), th('Why'), th('Evidence needed instead')], none.map((each) => outsideRow(each, anchors.of('criterion', each.id))))}`}
${idle.length > 0 && html`<h4>Criteria with rules but no resource</h4>
<p>Rules exist for ${idle.length === 1 ? 'this criterion' : 'these criteria'}, but the templates hold nothing to apply them to. Nothing is shown; that is not a pass.</p>
${table('Criteria with rules but no resource', [th('Criterion'), th('Class'), th('Why'), th('Evidence needed besides')], idle.map((each) => outsideRow(each, anchors.of('criterion', each.id))))}`}`;
}

function outsideRow({ id, title, class: kind, coverage }: LedgerCriterion, anchor: string): Html {
  const known = isCriterionId(id) ? criterion(id) : undefined;
  const why = coverage === 'no-resource' ? 'No resource of the types that its rules apply to.' : kind === 'organizational' ? known?.shows : 'No rule of this rule set maps to it.';
  return html`<tr><th scope="row"><a class="criterion" href="#${anchor}">${id}</a> ${title}</th><td>${CLASS_NAMES[kind]}</td><td>${why}</td><td>${known?.evidenceNeeded}</td></tr>
`;
}
