import { bytes, count } from './format';
import { html, Html } from './markup';
import { facts, numberCell, place, row, rowHead, Section, stateBadge, table, td, th } from './parts';
import type { View } from './view';
import type { LedgerInput } from '../../ledger/model';

/** Where the evidence comes from, and how to make it again. */
export function provenance({ ledger }: View): Section {
  const { tool, run, inputs, digest } = ledger;
  return {
    id: 'provenance',
    title: 'Evaluation characteristics',
    content: html`
<p>Everything in this report is computed from the files listed below and nothing else. No clock is read: the same files, command and date give the same report, byte for byte.</p>
${facts([
  ['Tool', `${tool.name} ${tool.version}`],
  ['Rule set', html`SHA-256 <code class="digest">${tool.ruleSetDigest}</code>`],
  ['As of', `${run.asOf}: the day that expiry dates of waivers are compared with`],
  ['Commit', run.commit === undefined ? html`<em>not recorded</em>` : html`<code>${run.commit}</code>`],
  ['CI run', run.ci === undefined ? html`<em>not recorded</em>` : html`<code>${run.ci}</code>`],
  ['Ledger', html`schema ${ledger.schemaVersion}, SHA-256 <code class="digest">${digest}</code>`],
])}
<h3 id="re-perform">To re-perform</h3>
<ol class="steps">
<li>Take the files below at the commit above and compare their SHA-256.</li>
<li>Run, with ${tool.name} ${tool.version}: <pre><code>${run.command}</code></pre></li>
<li>Compare the ledger digest. If it is the same, every evaluation in this report is the same.</li>
</ol>
<h3 id="inputs">Inputs</h3>
<p>${count(inputs.length, 'file')}, ${bytes(inputs.reduce((sum, input) => sum + input.bytes, 0))}.</p>
${table('Input files', [th('File'), th('Stack and environment'), th('Bytes', 'n'), th('SHA-256'), th('Read')], inputs.map(inputRow), { className: 'inputs' })}`,
  };
}

function inputRow(input: LedgerInput): Html {
  const { path, stack, sha256, error } = input;
  return row([
    rowHead(html`<code>${path}</code>`),
    td(stack !== undefined && place(input)),
    numberCell(input.bytes),
    td(html`<code class="digest">${sha256}</code>`),
    error === undefined ? td(stateBadge('pass', 'Read')) : td(stateBadge('fail', 'Not read'), html`<p class="finding">${error}</p>`),
  ]);
}
