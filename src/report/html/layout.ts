import { createHash } from 'node:crypto';
import { SEVERITIES } from '../../rules/kernel';
import { DISCLAIMER } from '../findings';
import { capital, number, VERDICT_NAMES, VERDICT_ORDER } from './format';
import { html, Html, trusted } from './markup';
import type { Section } from './parts';
import { SCRIPT } from './script';
import { STYLE } from './style';
import type { View } from './view';

const SCRIPT_HASH = createHash('sha256').update(SCRIPT).digest('base64');

/** Nothing may be loaded from anywhere; the one script is named by its hash. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SCRIPT_HASH}'; img-src data:; base-uri 'none'; form-action 'none'`;

/** The whole document around its sections. */
export function page(view: View, cover: Html, sections: readonly Section[]): string {
  const { ledger } = view;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${ledger.tool.name} ${ledger.tool.version}">
<title>SOC 2 design evidence as of ${ledger.run.asOf}</title>
<style>${trusted(STYLE)}</style>
</head>
<body data-digest="${ledger.digest}">
<a class="skip" href="#main">Skip to the report</a>
<div class="page">
<aside class="side">
<nav aria-label="Sections of the report"><ol>
<li class="unnumbered"><a href="#cover">Cover</a></li>
${sections.map(({ id, title, badge }) => html`<li><a href="#${id}">${title}${badge !== undefined && html` <span class="badge">${number(badge)}</span>`}</a></li>
`)}</ol></nav>
${filters(view)}
</aside>
<main id="main" tabindex="-1">
${cover}
${sections.map((section, index) => sectionOf(view, section, index + 1))}
</main>
</div>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`.text;
}

function sectionOf({ ledger }: View, { id, title, content }: Section, position: number): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title"><span class="position">${position}</span> ${title}</h2>
${content}
<footer>${DISCLAIMER} ${ledger.tool.name} is independent of the AICPA; SOC 2 is a mark of the AICPA.
As of ${ledger.run.asOf}, ledger <code>${ledger.digest.slice(0, 16)}</code>.</footer>
</section>
`;
}

/** Shown by the script, since they do nothing without it. */
function filters({ ledger }: View): Html {
  const used = ledger.criteria.filter(({ coverage }) => coverage === 'evaluated');
  return html`<form id="filters" role="search" aria-label="Filter controls and resources" hidden>
<label>Search <input type="search" id="f-text" autocomplete="off" spellcheck="false" placeholder="resource, rule, stack…"></label>
<label>Status <select id="f-verdict"><option value="">any</option>${VERDICT_ORDER.map((verdict) => html`<option value="${verdict}">${VERDICT_NAMES[verdict]}</option>`)}</select></label>
<label>Criterion <select id="f-criterion"><option value="">any</option>${used.map(({ id, title }) => html`<option value="${id}">${id} ${title}</option>`)}</select></label>
<label>Severity <select id="f-severity"><option value="">any</option>${SEVERITIES.map((severity) => html`<option value="${severity}">${capital(severity)}</option>`)}</select></label>
<label class="check"><input type="checkbox" id="f-unviewed"> Only controls not yet viewed</label>
<p id="f-count" role="status" aria-live="polite"></p>
<div class="buttons"><button type="reset" id="f-reset">Clear</button><button type="button" id="f-expand">Expand all</button><button type="button" id="f-collapse">Collapse all</button></div>
<p class="note">Filters apply to the resources of section 3, the control matrix, control detail and exceptions.</p>
</form>`;
}
