import { CLASS_NAMES, count, countsText, number, resultText } from './format';
import { html, Html, join, Part } from './markup';
import { facts, row, rowHead, ruleLink, Section, stateBadge, table, td, th, verdictBadge } from './parts';
import type { View } from './view';
import { criterion, isCriterionId } from '../../criteria';
import type { Ledger, LedgerCriterion, Verdict } from '../../ledger/model';

const MOST_AFFECTED = 200;

/** More controls of a criterion than this are collapsed. */
const MOST_OPEN_CONTROLS = 12;

/** What bounds the results. */
export function limitations(view: View): Section {
  const all = view.ledger.limitations;
  return {
    id: 'limitations',
    title: 'Limitations',
    content: html`
<p>Of every evaluation of templates:</p>
<ul>
<li>A template shows design at one moment. It does not show that the design was deployed, nor how it operated over a period.</li>
<li>Values that are known only at deployment are not guessed: such evaluations are “not evaluated”.</li>
<li>What people do (reviews, approvals, responses) leaves no trace in a template. See <a href="#criteria">the criteria</a> for what else is needed.</li>
<li>Resources made outside these templates are not part of the population.</li>
<li>Values that may be secret are redacted before they are recorded.</li>
</ul>
<h3>Of this evaluation</h3>
${all.length === 0 ? html`<p class="none">None recorded.</p>` : table('Limitations of this evaluation', [th('Code'), th('Limitation'), th('Affects')],
  all.map((each) => row([rowHead(html`<code>${each.code}</code>`), td(each.text), td(affected(each))])))}`,
  };
}

function affected({ affects }: Ledger['limitations'][number]): Html {
  if (affects.length === 0) return html`the whole evaluation`;
  const items = (names: readonly string[]) => html`<ul class="plain">${names.map((name) => html`<li><code>${name}</code></li>`)}</ul>`;
  if (affects.length <= 5) return items(affects);
  return html`<details><summary>${count(affects.length, 'item')}</summary>${items(affects.slice(0, MOST_AFFECTED))}${
    affects.length > MOST_AFFECTED && html`<p class="notice">The first ${number(MOST_AFFECTED)} of ${number(affects.length)}; the ledger holds all.</p>`}</details>`;
}

/** For each criterion in scope: what settings can show, what they cannot, and what is needed besides. */
export function criteria(view: View): Section {
  const all = view.ledger.criteria;
  return {
    id: 'criteria',
    title: 'What infrastructure can and cannot show',
    content: html`
<p>All ${count(all.length, 'criterion', 'criteria')} in scope. Ids are those of the Trust Services Criteria; titles and descriptions are our own words, and none of the AICPA’s text is reproduced.</p>
<div class="criteria">${all.map((each) => statement(view, each))}</div>`,
  };
}

function statement(view: View, each: LedgerCriterion): Html {
  const { id, title, class: kind, coverage, rules, resources, counts } = each;
  const known = isCriterionId(id) ? criterion(id) : undefined;
  const controls = view.rules.filter(({ rule }) => rule.criteria.direct.includes(id) || rule.criteria.supporting.includes(id));
  const links = html`<ul class="plain">${controls.map(({ rule, counts: found }) => {
    const { verdict, head } = resultText(found);
    return html`<li>${verdictBadge(verdict, head)} ${ruleLink(view, rule.id)} ${rule.title}${!rule.criteria.direct.includes(id) && ' (supporting)'}</li>`;
  })}</ul>`;
  const here: Part = coverage === 'evaluated'
    ? html`Design evidence for ${id}: ${count(rules, 'rule')} over ${count(resources, 'resource')}; ${countsText(counts)}.`
    : coverage === 'no-resource' ? `${count(rules, 'rule')}, but no resource to apply ${rules === 1 ? 'it' : 'them'} to. Nothing is shown.` : 'None. No rule maps to this criterion.';
  return html`<article id="${view.anchors.of('criterion', id)}"><h3><span class="criterion">${id}</span> ${title} <span class="kind ${kind}">${CLASS_NAMES[kind]}</span></h3>
${facts([
  ['In this report', here],
  controls.length > MOST_OPEN_CONTROLS ? ['Controls', html`<details><summary>${count(controls.length, 'control')}</summary>${links}</details>`]
    : controls.length > 0 && ['Controls', links],
  known && ['Can show', known.shows],
  known && ['Cannot show', known.doesNotShow],
  known && [kind === 'organizational' ? 'Evidence needed instead' : 'Evidence needed besides', known.evidenceNeeded],
])}</article>
`;
}

const VERDICT_MEANINGS: readonly (readonly [Verdict, string])[] = [
  ['pass', 'The rule applied, everything it needs was read from the template, and it held.'],
  ['fail', 'The rule applied and did not hold, and no waiver or baseline covers it. The formula calls it “fail”.'],
  ['waived', 'The rule did not hold. A waiver in force, or an acknowledgement or opt-out in code, covers it. The register says why, and, where recorded, by whom and until when.'],
  ['baselined', 'The rule did not hold. The failure was recorded when the gate was adopted and has not been mended since.'],
  ['not-evaluated', 'The rule applied, but a value it needs is not in the template, or the rule could not run. It is never counted as a pass.'],
  ['not-applicable', 'The rule has nothing to say about this resource, for the reason given.'],
];

const WORDS: readonly (readonly [string, string])[] = [
  ['Control', 'An activity of the organization that meets a criterion. In this report the unit is a rule with its mapping to criteria.'],
  ['Rule', 'An automated check of a resource’s settings, with a stable id.'],
  ['Direct', 'A passing rule is evidence of a control activity that an auditor would test under the criterion.'],
  ['Supporting', 'The rule shows a precondition of, or an input to, a control that people perform.'],
  ['Population', 'All items that a rule was evaluated on, not only those that failed.'],
  ['Waiver', 'A governed exception: reason, owner, approver, expiry, compensating control.'],
  ['Acknowledgement', 'CDK’s own suppression in code. It has a reason only.'],
  ['Opt-out', 'A secure default of a construct that was switched off in code, with a reason.'],
  ['Claim', 'A construct’s statement that its resources meet a criterion, checked with the rules that prove it.'],
  ['Inherited', 'Shown by another system, such as a landing zone, and declared with its source.'],
  ['Infrastructure, partial, organizational', 'How much of a criterion settings can show: its technical core; a precondition of what people do; nothing.'],
  ['Severity', 'How much a failure of the rule matters: critical, high, medium or low. It is management’s ranking, not the auditor’s.'],
  ['Advisory rule, remark', 'A weak or contested control. It is evaluated and recorded, counted apart, and what it finds is a remark, never an exception.'],
  ['Digest', 'SHA-256 of the ledger’s content. Equal digests mean equal content.'],
];

/** What the words in this report mean. */
export function definitions(): Section {
  return {
    id: 'definitions',
    title: 'Status definitions and glossary',
    content: html`
${table('Status definitions', [th('Status'), th('Meaning')], VERDICT_MEANINGS.map(([verdict, meaning]) => row([rowHead(verdictBadge(verdict)), td(meaning)])), { className: 'definitions' })}
${table('Glossary', [th('Word'), th('Meaning')], WORDS.map(([word, meaning]) => row([rowHead(word), td(meaning)])), { className: 'definitions' })}
<p>Claims are shown as ${join([stateBadge('pass', 'Upheld'), stateBadge('fail', 'Not upheld'), stateBadge('not-evaluated', 'Not shown')], ', ')}.</p>`,
  };
}
