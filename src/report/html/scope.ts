import { CLASS_NAMES, count, countsText, number, VERDICT_ORDER } from './format';
import { breakable, html, Html, join } from './markup';
import { cutNotice, numberCell, place, placeOf, resourceName, row, rowHead, ruleLink, Section, stateBadge, table, td, th, verdictBadge } from './parts';
import { countVerdicts, hasRules, ResourceView, View } from './view';
import { criterion, isCriterionId } from '../../criteria';
import type { LedgerCriterion } from '../../ledger/model';

/** What was looked at, whether that is all there is, and what lies outside. */
export function scope(view: View): Section {
  return {
    id: 'scope',
    title: 'Scope and completeness',
    content: html`
<h3 id="environments">Accounts, regions and stacks</h3>
${environments(view)}
<h3 id="environment-controls">Controls of accounts and regions</h3>
${environmentControls(view)}
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
<h3 id="unclassified">Data stores without a class</h3>
${unclassified(view)}
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
    return row([
      html`<td class="code">${account}</td><td class="code">${region}</td>`,
      rowHead(stack),
      td(join([...templates].map((name) => html`<code>${breakable(name)}</code>`), ', ')),
      numberCell(members.length),
      numberCell(members.filter(hasRules).length),
      numberCell(counts.evaluations),
      numberCell(counts.fail, 'fail'),
    ]);
  });
  if (rows.length === 0) return html`<p class="none">The inputs hold no resource.</p>`;
  const fixed = (key: 'account' | 'region') => new Set([...resources.values()].map(({ resource }) => resource?.[key]).filter((name) => name !== undefined)).size;
  return html`<p>${count(fixed('account'), 'account')} and ${count(fixed('region'), 'region')} named, ${count(ledger.totals.stacks, 'stack')}.
“Not fixed” means that the template can be deployed to any account or region.</p>
${table('Accounts, regions and stacks',
  [th('Account'), th('Region'), th('Stack'), th('Template'), th('Resources', 'n'), th('With rules', 'n'), th('Evaluations', 'n'), th('Exceptions', 'n')], rows, { className: 'places' })}`;
}

/** Rules that give one verdict for an account and region: what the templates show of it. */
function environmentControls(view: View): Html {
  const all = [...view.resources.values()].filter(({ environment, evaluations }) => environment !== undefined && evaluations.length > 0);
  if (all.length === 0) return html`<p class="none">No rule about accounts and regions was asked.</p>`;
  return html`<p>A trail, a detector or an account setting is there once for an account and region. Where these templates do not hold it, that is not evaluated: another system may
provide it, which is shown under <a href="#inherited">inherited controls</a> if it was declared.</p>
${table('Controls of accounts and regions', [th('Environment'), th('Templates', 'n'), th('Evaluations', 'n'), th('Pass', 'n'), th('Exceptions', 'n'), th('Not evaluated', 'n')],
  all.map(({ id, environment, evaluations }) => {
    const counts = countVerdicts(evaluations);
    return row([
      rowHead(html`<code>${id}</code>`), numberCell(environment!.templates.length), numberCell(counts.evaluations), numberCell(counts.pass),
      numberCell(counts.fail, 'fail'), numberCell(counts.notEvaluated),
    ]);
  }), { className: 'short' })}`;
}

/** The population is reconciled: what the ledger states against what its rows give when counted again. */
function controlTotals(view: View): Html {
  const { ledger, counts, resources } = view;
  const unlisted = [...resources.values()].filter(({ resource, environment }) => resource === undefined && environment === undefined);
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
    rows.map(([what, stated, counted]) => row([
      rowHead(what), numberCell(stated), numberCell(counted), html`<td class="n">${stated === counted ? '0' : stateBadge('fail', number(Math.abs(stated - counted)))}</td>`,
    ])), { className: 'short' })}
${unlisted.length > 0 && html`<p class="notice">${count(unlisted.length, 'evaluated subject')} ${
  unlisted.length === 1 ? 'is' : 'are'} neither a resource of a template nor an environment and so not part of these totals.</p>`}`;
}

function unread({ ledger }: View): Html {
  const failed = ledger.inputs.filter(({ error }) => error !== undefined);
  const all = ledger.inputs.length;
  if (failed.length === 0) return html`<p class="none">${stateBadge('pass', 'None')} ${count(all, 'input')} ${all === 1 ? 'was' : 'were'} read.</p>`;
  return html`<p>What these files hold is not part of the population. The rest of the report does not speak about it.</p>
${table('Inputs that could not be read', [th('File'), th('What is wrong')],
  failed.map(({ path, error }) => row([rowHead([stateBadge('fail', 'Not read'), ' ', html`<code>${path}</code>`]), td(error)])))}`;
}

function population(view: View): Html {
  const rulesOf = new Map<string, number>();
  for (const rule of view.ledger.rules) for (const type of rule.resourceTypes) rulesOf.set(type, (rulesOf.get(type) ?? 0) + 1);
  const all = [...view.types.values()].flat();
  const ruledInAll = all.filter(hasRules).length;
  return table('Population by resource type',
    [th('Resource type'), th('Rules for it', 'n'), th('Resources', 'n'), th('With rules', 'n'), th('Without any rule', 'n'), th('Evaluations', 'n'), th('Exceptions', 'n')],
    [...view.types].map(([type, members]) => {
      const counts = countVerdicts(members.flatMap(({ evaluations }) => evaluations));
      const ruled = members.filter(hasRules).length;
      return row([
        rowHead(html`<a href="#${view.anchors.of('type', type)}"><code>${type}</code></a>`),
        numberCell(rulesOf.get(type) ?? 0),
        numberCell(members.length),
        numberCell(ruled),
        numberCell(members.length - ruled, 'not-evaluated'),
        numberCell(counts.evaluations),
        numberCell(counts.fail, 'fail'),
      ]);
    }), {
      foot: row([
        rowHead('All types'),
        td(),
        numberCell(all.length),
        numberCell(ruledInAll),
        numberCell(all.length - ruledInAll),
        numberCell(view.counts.evaluations),
        numberCell(view.counts.fail, 'fail'),
      ]),
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
  const verdicts = VERDICT_ORDER.filter((verdict) => evaluations.some((evaluation) => evaluation.verdict === verdict));
  const attention = evaluations.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable');
  return row([
    rowHead(html`<code>${resource?.constructPath ?? resource?.logicalId ?? id}</code><small><code>${id}</code></small>`),
    td(resource && place(resource)),
    td(resource?.location !== undefined && html`<code class="id">${breakable(resource.location)}</code>`),
    td(
      hasRules(each) ? countsText(counts) : html`<em>no rule for this resource</em>`,
      advisory.length > 0 && html`<small>and ${number(advisory.length)} of advisory rules</small>`,
    ),
    td(attention.map(({ rule, verdict }) => html`<div>${verdictBadge(verdict)} ${ruleLink(view, rule)}</div>`)),
  ], html` id="${view.anchors.of('resource', id)}" data-v="${verdicts.join(' ')}"`);
}

/** Stores of which nobody said how sensitive their data is: the rules about confidential and personal data were not asked of them. */
function unclassified(view: View): Html {
  const { unclassified: ids, resources } = view.ledger;
  const classes = new Map<string, number>();
  for (const { data } of resources) if (data !== undefined) classes.set(data, (classes.get(data) ?? 0) + 1);
  const said = [...classes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, n]) => `${number(n)} ${name}`).join(', ');
  const known = html`${said === '' ? 'No data store is classified.' : `Classified: ${said}.`}`;
  if (ids.length === 0) return html`<p class="none">${known} No data store is without a class.</p>`;
  const shown = ids.slice(0, view.rowLimit);
  return html`<p>${known} ${count(ids.length, 'data store')} ${ids.length === 1 ? 'has' : 'have'} no tag <code>soc2:data</code>: what is asked of confidential and personal data was
not asked of ${ids.length === 1 ? 'it' : 'them'}.</p>
<details><summary>${count(ids.length, 'data store')}</summary>
${cutNotice(shown.length, ids.length, 'data stores')}${table('Data stores without a class', [th('Resource', 'wide'), th('Stack and environment')],
  shown.map((id) => row([rowHead(resourceName(view, id)), td(placeOf(view, id))])))}
</details>`;
}

function outside({ ledger, anchors }: View): Html {
  const none = ledger.criteria.filter(({ coverage }) => coverage === 'no-rule');
  const idle = ledger.criteria.filter(({ coverage }) => coverage === 'no-resource');
  const [has, it] = none.length === 1 ? ['has', 'it'] : ['have', 'them'];
  return html`${none.length === 0
    ? html`<p class="none">Every criterion in scope has at least one rule.</p>`
    : html`<p>${count(none.length, 'criterion', 'criteria')} in scope ${has} no rule. This report gives no evidence for ${it}.</p>
${table('Criteria without any rule', [th('Criterion'), th('Class'), th('Why'), th('Evidence needed instead')],
  none.map((each) => outsideRow(each, anchors.of('criterion', each.id))))}`}
${idle.length > 0 && html`<h4>Criteria with rules but no resource</h4>
<p>Rules exist for ${idle.length === 1 ? 'this criterion' : 'these criteria'}, but the templates hold nothing to apply them to. Nothing is shown; that is not a pass.</p>
${table('Criteria with rules but no resource', [th('Criterion'), th('Class'), th('Why'), th('Evidence needed besides')],
  idle.map((each) => outsideRow(each, anchors.of('criterion', each.id))))}`}`;
}

function outsideRow({ id, title, class: kind, coverage }: LedgerCriterion, anchor: string): Html {
  const known = isCriterionId(id) ? criterion(id) : undefined;
  const why = coverage === 'no-resource' ? 'No resource of the types that its rules apply to.'
    : kind === 'organizational' ? known?.shows : 'No rule of this rule set maps to it.';
  return row([rowHead(html`<a class="criterion" href="#${anchor}">${id}</a> ${title}`), html`<td class="nw">${CLASS_NAMES[kind]}</td>`, td(why), td(known?.evidenceNeeded)]);
}
