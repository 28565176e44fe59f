import { capital, count, list, number } from './format';
import { breakable, EMPTY, html, Html } from './markup';
import { numberCell, resourceName, row, rowHead, ruleLink, Section, stateBadge, table, td, th } from './parts';
import type { View } from './view';
import type { LedgerAcknowledgement, LedgerEvaluation, LedgerOptOut, LedgerWaiver, Verdict } from '../../ledger/model';

/** Items of a waiver that are listed with it. */
const MOST_COVERED = 200;

const LOOKS: Readonly<Record<string, Verdict>> = { active: 'waived', expired: 'fail', unused: 'not-applicable', refused: 'fail' };

/** Who accepted what, until when: governed waivers, CDK's own acknowledgements, and weakenings of constructs. */
export function waivers(view: View): Section {
  const { waivers: governed, acknowledgements, optOuts } = view.ledger;
  return {
    id: 'waivers',
    title: 'Waiver register',
    badge: governed.length + acknowledgements.length + optOuts.length,
    content: html`
${view.counts.waived > 0 && html`<p>${coverText(view)}</p>`}
<h3 id="governed">Governed waivers</h3>
${governedTable(view)}
<h3 id="acknowledgements">Acknowledgements without approval</h3>
${acknowledgementTable(view)}
<h3 id="opt-outs">Opt-outs of constructs</h3>
${optOutTable(view)}`,
  };
}

/** What the waived evaluations rest on: an approval, or only a reason in code. */
export function coverText({ ledger, rules }: View): string {
  const named = (entries: readonly { readonly id: string }[]) => new Set(entries.map(({ id }) => id));
  const kinds = [named(ledger.waivers), named(ledger.acknowledgements), named(ledger.optOuts)];
  const times = [0, 0, 0, 0];
  for (const { verdict, waiver } of rules.flatMap(({ evaluations }) => evaluations)) {
    if (verdict !== 'waived') continue;
    const kind = kinds.findIndex((ids) => waiver !== undefined && ids.has(waiver));
    times[kind < 0 ? 3 : kind]++;
  }
  const [governed, acknowledged, optedOut, unknown] = times;
  const parts = [
    `${number(governed)} under a governed waiver`,
    `${number(acknowledged)} under an acknowledgement that nobody approved`,
    `${number(optedOut)} under an opt-out of a construct`,
    unknown > 0 && `${number(unknown)} without a register entry`,
  ].filter((part) => part !== false);
  const total = times.reduce((sum, each) => sum + each);
  return `${count(total, 'evaluation')} ${total === 1 ? 'is' : 'are'} waived: ${list(parts)}.`;
}

function governedTable(view: View): Html {
  const { waivers: governed, run } = view.ledger;
  if (governed.length === 0) return html`<p class="none">None. No exception has been waived.</p>`;
  const covered = new Map<string, LedgerEvaluation[]>();
  for (const evaluation of view.ledger.evaluations) {
    if (evaluation.waiver === undefined) continue;
    const known = covered.get(evaluation.waiver);
    if (known) known.push(evaluation);
    else covered.set(evaluation.waiver, [evaluation]);
  }
  const states = (['active', 'expired', 'unused'] as const).map((state) => `${number(governed.filter((each) => each.state === state).length)} ${state}`);
  return html`<p>${count(governed.length, 'waiver')} as of ${run.asOf}: ${states.join(', ')}. A waiver that has expired covers nothing: its items are exceptions again.</p>
${table('Governed waivers', [th('State'), th('Waiver'), th('Reason and compensating control'), th('Owner and approver'), th('Expires'), th('Applied to', 'n')],
  governed.map((waiver) => waiverRow(view, waiver, covered.get(waiver.id) ?? [])), { className: 'register' })}`;
}

function waiverRow(view: View, waiver: LedgerWaiver, covered: readonly LedgerEvaluation[]): Html {
  const { id, rule, scope, reason, ticket, expires, compensatingControl, state, appliedTo } = waiver;
  return row([
    td(stateOf(state)),
    rowHead(html`<code>${id}</code><small>${ruleLink(view, rule)} on <code>${scope}</code></small>`),
    td(
      reason,
      html`<small>${compensatingControl === undefined ? html`<em>no compensating control named</em>` : `Compensating control: ${compensatingControl}`}</small>`,
      coveredList(view, covered),
    ),
    td(governance(waiver)),
    td(expiry(expires, ticket)),
    numberCell(appliedTo),
  ], html` id="${view.anchors.of('waiver', id)}"`);
}

/** What the waiver covers, or covered until it expired. */
function coveredList(view: View, covered: readonly LedgerEvaluation[]): Html {
  if (covered.length === 0) return EMPTY;
  const shown = covered.slice(0, MOST_COVERED);
  return html`<details><summary>${count(covered.length, 'evaluation')}</summary>
<ul>${shown.map(({ resource }) => html`<li>${resourceName(view, resource)}</li>`)}</ul>
${shown.length < covered.length
    && html`<p class="notice">The first ${number(shown.length)} of ${number(covered.length)}; the others are in the population of the control and in the ledger.</p>`}</details>`;
}

function expiry(expires: string | undefined, ticket: string | undefined): Html {
  return html`${expires === undefined ? html`<em>no date</em>` : html`<span class="${expires.length <= 20 ? 'nw' : ''}">${expires}</span>`}${ticket !== undefined && html`<small>Ticket ${ticket}</small>`}`;
}

/** Owner and approver, and what is wrong with them: an approval by oneself or by nobody is said. */
function governance({ owner, approvedBy }: LedgerWaiver): Html {
  return html`Owner: ${owner ?? html`<em>not named</em>`}<br>Approved by: ${approvedBy ?? html`<em>not named</em>`}${
    approvedBy === undefined && html`<small>${stateBadge('fail', 'Without approval')}</small>`}${
    owner !== undefined && owner === approvedBy && html`<small>${stateBadge('not-evaluated', 'Owner and approver are the same')}</small>`}`;
}

function acknowledgementTable(view: View): Html {
  const { acknowledgements } = view.ledger;
  if (acknowledgements.length === 0) return html`<p class="none">None.</p>`;
  return html`<p>${count(acknowledgements.length, 'acknowledgement')} made in code with CDK’s own <code>acknowledge</code>. CDK records a reason only:
no owner, no approver and no expiry. Treat ${acknowledgements.length === 1 ? 'it' : 'them'} as unapproved until management shows the approval.</p>
${table('Acknowledgements without approval', [th('State'), th('Rule'), th('Declared on'), th('Reason'), th('Approval'), th('Applied to', 'n')],
  acknowledgements.map((each) => acknowledgementRow(view, each)), { className: 'register' })}`;
}

function acknowledgementRow(view: View, { id, rule, scope, reason, state, appliedTo }: LedgerAcknowledgement): Html {
  return row([
    td(stateOf(state)),
    rowHead([ruleLink(view, rule), html`<small><code>${id}</code></small>`]),
    td(html`<code>${scope}</code>`),
    td(reason ?? html`<em>no reason given</em>`),
    td(stateBadge('fail', 'Unapproved')),
    numberCell(appliedTo),
  ], html` id="${view.anchors.of('acknowledgement', id)}"`);
}

function optOutTable(view: View): Html {
  const { optOuts } = view.ledger;
  if (optOuts.length === 0) return html`<p class="none">None. No construct was weakened.</p>`;
  return html`<p>${count(optOuts.length, 'secure default')} of a construct ${optOuts.length === 1 ? 'was' : 'were'} switched off in code, with a reason.
The construct then makes no claim for the rule.</p>
${table('Opt-outs of constructs', [th('State'), th('Rule'), th('Resource'), th('Construct'), th('Reason'), th('Expires')],
  optOuts.map((each) => optOutRow(view, each)), { className: 'register' })}`;
}

function optOutRow(view: View, { id, rule, resource, construct, reason, ticket, expires, state }: LedgerOptOut): Html {
  return row([
    td(stateOf(state)),
    rowHead([ruleLink(view, rule), html`<small><code>${id}</code></small>`]),
    td(resourceName(view, resource)),
    td(html`<code>${breakable(construct)}</code>`),
    td(reason),
    td(expiry(expires, ticket)),
  ], html` id="${view.anchors.of('opt-out', id)}"`);
}

function stateOf(name: string): Html {
  return stateBadge(LOOKS[name] ?? 'not-evaluated', capital(name));
}
