import type { LedgerAcknowledgement, LedgerEvaluation, LedgerOptOut, LedgerWaiver, Verdict } from '../../ledger/model';
import { capital, count, number } from './format';
import { html, Html } from './markup';
import { numberCell, resourceName, ruleLink, Section, stateBadge, table, th } from './parts';
import type { View } from './view';

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
<h3 id="governed">Governed waivers</h3>
${governedTable(view)}
<h3 id="acknowledgements">Acknowledgements without approval</h3>
${acknowledgementTable(view)}
<h3 id="opt-outs">Opt-outs of constructs</h3>
${optOutTable(view)}`,
  };
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
  return html`<tr id="${view.anchors.of('waiver', waiver.id)}"><td>${state(waiver.state)}</td><th scope="row"><code>${waiver.id}</code><small>${ruleLink(view, waiver.rule)} on <code>${waiver.scope}</code></small></th><td>${
    waiver.reason}${waiver.compensatingControl === undefined ? html`<small><em>no compensating control named</em></small>` : html`<small>Compensating control: ${waiver.compensatingControl}</small>`}${
    covered.length > 0 && html`<details><summary>${count(covered.length, 'evaluation')}</summary><ul>${covered.slice(0, MOST_COVERED).map(({ resource }) => html`<li>${resourceName(view, resource)}</li>`)}</ul>${
      covered.length > MOST_COVERED && html`<p class="notice">The first ${number(MOST_COVERED)} of ${number(covered.length)}; the others are in the population of the control and in the ledger.</p>`}</details>`}</td><td>${
    governance(waiver)}</td><td>${waiver.expires ?? html`<em>no date</em>`}${waiver.ticket !== undefined && html`<small>Ticket ${waiver.ticket}</small>`}</td>${numberCell(waiver.appliedTo)}</tr>
`;
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

function acknowledgementRow(view: View, { id, rule, scope, reason, state: current, appliedTo }: LedgerAcknowledgement): Html {
  return html`<tr id="${view.anchors.of('acknowledgement', id)}"><td>${state(current)}</td><th scope="row">${ruleLink(view, rule)}<small><code>${id}</code></small></th><td><code>${scope}</code></td><td>${
    reason ?? html`<em>no reason given</em>`}</td><td>${stateBadge('fail', 'Unapproved')}</td>${numberCell(appliedTo)}</tr>
`;
}

function optOutTable(view: View): Html {
  const { optOuts } = view.ledger;
  if (optOuts.length === 0) return html`<p class="none">None. No construct was weakened.</p>`;
  return html`<p>${count(optOuts.length, 'secure default')} of a construct ${optOuts.length === 1 ? 'was' : 'were'} switched off in code, with a reason. The construct then makes no claim for the rule.</p>
${table('Opt-outs of constructs', [th('State'), th('Rule'), th('Resource'), th('Construct'), th('Reason'), th('Expires')],
    optOuts.map((each) => optOutRow(view, each)), { className: 'register' })}`;
}

function optOutRow(view: View, { id, rule, resource, construct, reason, ticket, expires, state: current }: LedgerOptOut): Html {
  return html`<tr id="${view.anchors.of('opt-out', id)}"><td>${state(current)}</td><th scope="row">${ruleLink(view, rule)}<small><code>${id}</code></small></th><td>${resourceName(view, resource)}</td><td><code>${construct}</code></td><td>${
    reason}</td><td>${expires ?? html`<em>no date</em>`}${ticket !== undefined && html`<small>Ticket ${ticket}</small>`}</td></tr>
`;
}

function state(name: string): Html {
  return stateBadge(LOOKS[name] ?? 'not-evaluated', capital(name));
}
