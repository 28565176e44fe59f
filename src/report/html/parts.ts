import { countOf, countsText, number, valueText, VERDICT_NAMES, VERDICT_ORDER } from './format';
import { breakable, EMPTY, html, Html, join, Part } from './markup';
import type { View } from './view';
import { criterion, type CriterionId, isCriterionId } from '../../criteria';
import type { Counts, LedgerEvaluation, LedgerRule, Verdict } from '../../ledger/model';
import type { Severity } from '../../rules/kernel';

/** One section of the report; `id` is its anchor. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
  /** A number beside its entry in the navigation. */
  readonly badge?: number;
}

/** A verdict in words, with an icon and a colour that the style sheet adds. */
export function verdictBadge(verdict: Verdict, text = VERDICT_NAMES[verdict]): Html {
  return html`<span class="v ${verdict}">${text}</span>`;
}

/** The verdict of a rule. What an advisory rule finds is a remark, not an exception. */
export function ruleBadge({ advisory }: LedgerRule, verdict: Verdict, text?: string): Html {
  return advisory && verdict === 'fail' ? stateBadge('remark', 'Remark') : verdictBadge(verdict, text);
}

/** What a failure of the rule is called. */
export function failureWord({ advisory }: LedgerRule): string {
  return advisory ? 'remark' : 'exception';
}

/** A state that is not a verdict, in the look of the verdict that it amounts to. */
export function stateBadge(look: Verdict | 'remark', text: string): Html {
  return html`<span class="v ${look}">${text}</span>`;
}

export function severityBadge(severity: Severity): Html {
  return html`<span class="severity ${severity}">${severity}</span>`;
}

/** The counts as a bar. It repeats the numbers beside it, which its text alternative gives as well. */
export function bar(counts: Counts, label: string, word?: string): Html {
  const text = `${label}: ${countsText(counts, word)}`;
  if (counts.evaluations === 0) return EMPTY;
  const width = 240;
  let from = 0;
  const pieces = VERDICT_ORDER.filter((verdict) => countOf(counts, verdict) > 0).map((verdict) => {
    // a piece that is there is seen, however small its share
    const size = Math.max(2, Math.round((countOf(counts, verdict) / counts.evaluations) * width * 10) / 10);
    const piece = html`<rect class="${verdict}" x="${from.toFixed(1)}" y="0" width="${size.toFixed(1)}" height="10"></rect>`;
    from += size + 1;
    return piece;
  });
  return html`<svg class="bar" viewBox="0 0 ${from.toFixed(1)} 10" preserveAspectRatio="none" role="img" aria-label="${text}"><title>${text}</title>${pieces}</svg>`;
}

/** A table in a box of its own, so that a wide one scrolls there and not the page. */
export function table(label: string, head: readonly Part[], rows: Part, options: { readonly className?: string; readonly foot?: Part } = {}): Html {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table class="${options.className ?? ''}">
<thead><tr>${head}</tr></thead>
<tbody>
${rows}
</tbody>${options.foot && html`<tfoot>${options.foot}</tfoot>`}
</table></div>`;
}

export function th(text: Part, className = ''): Html {
  return html`<th scope="col" class="${className}">${text}</th>`;
}

/** A row of a table. Its attributes, if any, begin with a space. */
export function row(cells: readonly Part[], attributes: Html = EMPTY): Html {
  return html`<tr${attributes}>${cells}</tr>\n`;
}

/** The cell that names its row. */
export function rowHead(content: Part): Html {
  return html`<th scope="row">${content}</th>`;
}

export function td(...content: readonly Part[]): Html {
  return html`<td>${content}</td>`;
}

/** A number cell; a zero is quiet. */
export function numberCell(value: number, verdict?: Verdict): Html {
  return html`<td class="n ${value === 0 ? 'zero' : verdict ?? ''}">${number(value)}</td>`;
}

/** Terms and what they are, for facts in no particular order. */
export function facts(rows: readonly (readonly [term: Part, value: Part] | undefined | false)[]): Html {
  const shown = rows.filter((fact) => fact !== undefined && fact !== false) as (readonly [Part, Part])[];
  return html`<dl class="facts">${shown.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Says how many rows a table leaves out and where they are. */
export function cutNotice(shown: number, all: number, what: string): Html {
  if (shown >= all) return EMPTY;
  return html`<p class="notice"><strong>Shown: the first ${number(shown)} of ${number(all)} ${what}.</strong>
The other ${number(all - shown)} are not in this file; the ledger (JSON or CSV) of the same run holds all ${number(all)}.</p>`;
}

/** A rule's id that leads to its control. */
export function ruleLink(view: View, id: string): Html {
  const link = view.anchors.link('rule', id);
  const name = html`<code class="id">${breakable(id)}</code>`;
  return link === undefined ? name : html`<a href="${link}">${name}</a>`;
}

/** Criterion ids that lead to what can be shown for them. */
export function criteriaLinks(view: View, ids: readonly CriterionId[]): Html {
  return join(ids.map((id) => {
    const link = view.anchors.link('criterion', id);
    const title = isCriterionId(id) ? criterion(id).title : '';
    return link === undefined ? html`<span class="criterion" title="${title}">${id}</span>` : html`<a class="criterion" title="${title}" href="${link}">${id}</a>`;
  }), ' ');
}

/** The same with their titles, for places with room. */
export function criteriaNames(view: View, ids: readonly CriterionId[]): Html {
  return join(ids.map((id) => html`${criteriaLinks(view, [id])} ${isCriterionId(id) && criterion(id).title}`), ', ');
}

/** A resource by its construct path, with its id in the template and its type below. */
export function resourceName(view: View, id: string): Html {
  const known = view.resources.get(id)?.resource;
  const link = view.anchors.link('resource', id);
  const name = html`<code>${known?.constructPath ?? known?.logicalId ?? id}</code>`;
  return html`${link === undefined ? name : html`<a href="${link}">${name}</a>`}<small><code>${id}</code>${known && html` ${known.type}`}</small>`;
}

/** Where a resource is deployed: stack, account, region. */
export function placeOf(view: View, id: string): Html {
  const { resource, environment } = view.resources.get(id) ?? {};
  const known = resource ?? environment;
  if (known === undefined) return html`not listed`;
  return place(known);
}

export function place({ stack, account, region }: { readonly stack?: string; readonly account?: string; readonly region?: string }): Html {
  if (account === undefined && region === undefined) return html`${stack}<small>environment not fixed</small>`;
  const lines = [account ?? 'account not fixed', region ?? 'region not fixed'];
  // `eu-central-1` stays on one line, but a long text of another's making may not widen the table
  return html`${stack}<small class="${lines.every((line) => line.length <= 20) ? 'nw' : ''}">${lines[0]}<br>${lines[1]}</small>`;
}

/** What was found, why there is no result, and what was read from where. */
export function findings(view: View, evaluation: LedgerEvaluation): Html {
  const { message, reason, evidence, waiver, crashed } = evaluation;
  return html`${crashed && html`<p class="finding">The rule failed to run.</p>`}${message !== undefined && html`<p class="finding">${message}</p>`}${
    reason !== undefined && html`<p>${reason}</p>`}${evidence.map(({ path, value, note }) => html`<div class="read"><code>${path}</code> ${
    value === null ? html`<em>absent</em>` : html`= <code class="is">${valueText(value)}</code>`}${note !== undefined && html` <span class="note">(${note})</span>`}</div>`)}${
    waiver !== undefined && html`<p class="note">${coverText(evaluation.verdict)} ${waiverLink(view, waiver)}</p>`}`;
}

function coverText(verdict: Verdict): string {
  return verdict === 'waived' ? 'Covered by' : verdict === 'baselined' ? 'Recorded in the baseline as' : 'Not covered by';
}

function waiverLink(view: View, id: string): Html {
  const link = view.anchors.link('waiver', id) ?? view.anchors.link('acknowledgement', id) ?? view.anchors.link('opt-out', id);
  return link === undefined ? html`<code>${id}</code>` : html`<a href="${link}"><code>${id}</code></a>`;
}
