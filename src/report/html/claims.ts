import { CLAIM_NAMES, count, number } from './format';
import { breakable, html, Html, join } from './markup';
import { criteriaLinks, cutNotice, resourceName, row, rowHead, ruleLink, Section, stateBadge, table, td, th } from './parts';
import type { View } from './view';
import type { LedgerClaim, LedgerInherited, Verdict } from '../../ledger/model';

const LOOKS: Readonly<Record<LedgerClaim['state'], Verdict>> = { 'not-upheld': 'fail', 'not-shown': 'not-evaluated', 'upheld': 'pass' };

/** What constructs claim of their resources, and whether the rules bear it out. */
export function claims(view: View): Section {
  const all = view.ledger.resources.flatMap(({ id, claims: made = [] }) => made.map((claim) => ({ id, claim })));
  const states = ['not-upheld', 'not-shown', 'upheld'] as const;
  const ordered = states.flatMap((state) => all.filter(({ claim }) => claim.state === state));
  const shown = ordered.slice(0, view.rowLimit);
  return {
    id: 'claims',
    title: 'Claims of constructs',
    content: ordered.length === 0
      ? html`<p class="none">None. No construct in these templates claims a criterion.</p>`
      : html`<p>A construct may claim criteria for its resources. A claim is upheld only if every rule that proves it passes: ${
        states.map((state) => `${number(all.filter(({ claim }) => claim.state === state).length)} ${CLAIM_NAMES[state].toLowerCase()}`).join(', ')}.
“Not shown” means that a rule could not be evaluated or that none applies.</p>
${cutNotice(shown.length, ordered.length, 'claims, those not upheld first')}
${table('Claims of constructs', [th('State'), th('Construct'), th('Criterion'), th('Resource', 'wide'), th('Proven by')],
  shown.map(({ id, claim }) => claimRow(view, id, claim)), { className: 'rows' })}`,
  };
}

function claimRow(view: View, id: string, { state, construct, criterion, rules }: LedgerClaim): Html {
  return row([
    td(stateBadge(LOOKS[state], CLAIM_NAMES[state])),
    rowHead(html`<code>${breakable(construct)}</code>`),
    td(criteriaLinks(view, [criterion])),
    td(resourceName(view, id)),
    td(rules.length === 0 ? html`<em>no rule</em>` : join(rules.map((rule) => ruleLink(view, rule)), ', ')),
  ]);
}

/** Controls that another system shows. */
export function inherited(view: View): Section {
  const all = view.ledger.inherited;
  return {
    id: 'inherited',
    title: 'Inherited controls',
    content: all.length === 0
      ? html`<p class="none">None. No control is declared to be provided by another system.</p>`
      : html`<p>${count(all.length, 'control')} ${all.length === 1 ? 'is' : 'are'} declared to be provided by another system. This report does not test ${
        all.length === 1 ? 'it' : 'them'}: the evidence is where the last column says.</p>
${table('Inherited controls', [th('Rule'), th('Criteria'), th('Provided by'), th('Evidence'), th('For'), th('State')], all.map((each) => inheritedRow(view, each)))}`,
  };
}

function inheritedRow(view: View, { rule, providedBy, evidence, environments, state }: LedgerInherited): Html {
  const known = view.ruleById.get(rule)?.rule;
  return row([
    rowHead([ruleLink(view, rule), html`<small>${known?.title}</small>`]),
    td(known && criteriaLinks(view, [...known.criteria.direct, ...known.criteria.supporting])),
    td(providedBy),
    td(evidence ?? html`<em>none named</em>`),
    td(join(environments.map((id) => html`<code>${breakable(id)}</code>`), ', ')),
    td(stateBadge(state === 'active' ? 'not-evaluated' : 'not-applicable', state === 'active' ? 'Relied on' : 'Not needed')),
  ]);
}
