import { createHash } from 'node:crypto';
import { HOSTILE, ledgerOf } from './fixtures/ledger';
import { bigLedger, sampleLedger } from './fixtures/sample';
import { CRITERIA } from '../../src/criteria';
import type { Counts } from '../../src/ledger';
import { renderHtml } from '../../src/report/html';
import { Anchors } from '../../src/report/html/anchors';
import { count, number, resultText, valueText } from '../../src/report/html/format';
import { breakable, escape, html, join } from '../../src/report/html/markup';

const ledger = sampleLedger();
const document = renderHtml(ledger);
const body = document.slice(document.indexOf('<body'), document.indexOf('<script>'));
/** What a reader reads. */
const text = read(body);

function read(markup: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return markup.replace(/<wbr>/g, '').replace(/<[^>]*>/g, ' ').replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => entities[name]).replace(/\s+/g, ' ');
}

/** The markup of the element with an id, up to the next element of its kind with an id. */
function part(tag: string, id: string): string {
  const from = document.indexOf(`<${tag} id="${id}"`) >= 0 ? document.indexOf(`<${tag} id="${id}"`) : document.indexOf(`id="${id}"`);
  return document.slice(from, document.indexOf(`</${tag}>`, from));
}

const rows = (markup: string) => markup.split('<tr data-v=').length - 1;

describe('completeness', () => {
  test.each(ledger.resources.map(({ id }) => [id]))('resource %j has a row of its own', (id) => {
    expect(part('section', 'scope')).toContain(`<small><code>${escape(id)}</code></small></th>`);
  });

  test('every evaluation is a row of its rule, with what was read', () => {
    for (const rule of ledger.rules) {
      const own = ledger.evaluations.filter((each) => each.rule === rule.id);
      if (own.length === 0) continue;
      const control = part('article', `rule-${rule.id}`);
      expect(rows(control)).toBe(own.length);
      for (const { resource, verdict, evidence, message, reason } of own) {
        const row = control.split('<tr data-v=').find((each) => each.startsWith(`"${verdict}"`) && each.includes(`<code>${escape(resource)}</code>`));
        expect(row).toBeDefined();
        for (const { path, value } of evidence) {
          expect(row).toContain(`<code>${escape(path)}</code> ${value === null ? '<em>absent</em>' : `= <code class="is">${escape(JSON.stringify(value))}</code>`}`);
        }
        if (message !== undefined) expect(row).toContain(escape(message));
        if (reason !== undefined) expect(row).toContain(escape(reason));
      }
    }
  });

  test('every failure of an ordinary rule is an exception, and nothing else is', () => {
    const advisory = new Set(ledger.rules.filter((rule) => rule.advisory).map((rule) => rule.id));
    const failures = ledger.evaluations.filter((each) => each.verdict === 'fail' && !advisory.has(each.rule));
    const section = part('section', 'exceptions');
    expect(rows(section)).toBe(failures.length);
    for (const { resource, message } of failures) {
      expect(section).toContain(escape(resource));
      expect(section).toContain(escape(message!));
    }
    expect(section).not.toContain('S3.ObjectLock');
  });

  test('all criteria in scope are stated, with what can and cannot be shown', () => {
    for (const { id, shows, doesNotShow, evidenceNeeded } of CRITERIA) {
      const statement = part('article', `criterion-${id}`);
      const inScope = ledger.criteria.some((each) => each.id === id);
      expect(document.includes(`<article id="criterion-${id}"`)).toBe(inScope);
      if (inScope) for (const sentence of [shows, doesNotShow, evidenceNeeded]) expect(statement).toContain(escape(sentence));
    }
  });

  test('all 61 criteria are stated when all categories are in scope', () => {
    const all = renderHtml(ledgerOf({ categories: ['security', 'availability', 'confidentiality', 'processing-integrity', 'privacy'], inputs: [], rules: [], resources: [], evaluations: [] }));
    for (const { id } of CRITERIA) expect(all).toContain(`<article id="criterion-${id}"`);
  });

  test('criteria without any rule are listed with the evidence that is needed instead', () => {
    const scope = part('section', 'scope');
    for (const { id, coverage } of ledger.criteria) expect(scope.includes(`href="#criterion-${id}"`)).toBe(coverage !== 'evaluated');
  });

  test('inputs stand with their hashes, and one that could not be read is said on the cover', () => {
    for (const { path, sha256 } of ledger.inputs) {
      expect(text).toContain(read(escape(path)));
      expect(text).toContain(sha256);
    }
    expect(read(part('header', 'cover'))).toContain('The population is not complete: 1 input could not be read.');
    expect(read(part('section', 'scope'))).toContain('"Resources" is a list, expected an object');
  });

  test('waivers, acknowledgements, opt-outs, claims, inherited controls and limitations stand in their sections', () => {
    const register = read(part('section', 'waivers'));
    expect(register).toContain('2 evaluations are waived: 1 under a governed waiver, 1 under an acknowledgement that nobody approved and 0 under an opt-out of a construct.');
    expect(register).toContain('3 waivers as of 2026-03-31: 1 active, 1 expired, 1 unused.');
    expect(register).toContain('Compensating control: Sessions expire after 30 minutes');
    expect(register).toContain('Owner and approver are the same');
    expect(register.split('Unapproved').length - 1).toBe(ledger.acknowledgements.length);
    expect(register).toContain('static site, public by intent');
    expect(read(part('section', 'claims'))).toContain('1 not upheld, 1 not shown, 2 upheld');
    expect(read(part('section', 'inherited'))).toContain('Landing zone of the group');
    expect(read(part('section', 'limitations'))).toContain('The macro "CompanyDefaults" is not run');
  });

  test('a rule that found nothing, a rule that crashed and an advisory rule are each named as such', () => {
    expect(read(part('section', 'matrix'))).toContain('CodeBuild.Privileged');
    expect(read(part('section', 'exceptions'))).toContain('Failed to run');
    expect(read(part('section', 'advisory'))).toContain('Remarks noted 5 of 6.');
  });

  test('every section ends with what it is not', () => {
    const footers = document.split('<footer>').slice(1).map((each) => read(each.slice(0, each.indexOf('</footer>'))));
    expect(footers).toHaveLength(document.split('<section ').length - 1);
    for (const footer of footers) {
      expect(footer).toMatch(/prepared by management; not an auditor’s report or opinion/);
      expect(footer).toMatch(/independent of the AICPA/);
    }
  });
});

describe('numbers', () => {
  test('the formula is printed with its numbers', () => {
    const { evaluations, pass, fail, waived, baselined, notEvaluated, notApplicable } = ledger.totals;
    const summary = read(part('section', 'summary')).replace(/ (evaluations|pass|fail|waived|baselined|not evaluated|not applicable) (?=[=+T])/g, ' ');
    expect(summary).toContain(`${evaluations} = ${pass} + ${fail} + ${waived} + ${baselined} + ${notEvaluated} + ${notApplicable}`);
    expect(summary).toContain('The sum holds');
  });

  test('fails visibly when the totals are not those of the evaluations', () => {
    const wrong = renderHtml({ ...ledger, totals: { ...ledger.totals, pass: ledger.totals.pass + 1, evaluations: ledger.totals.evaluations + 1 } });
    expect(read(wrong)).toContain('The numbers do not reconcile. Counting the evaluations again gives 43 = 32 + 3 + 2 + 1 + 3 + 2');
  });

  test('the population of every type adds up to all resources', () => {
    const table = part('section', 'scope').split('aria-label="Population by resource type"')[1].split('</table>')[0];
    const cells = (row: string) => [...row.matchAll(/<td class="n[^"]*">([\d,]+)/g)].map((match) => Number(match[1].replace(',', '')));
    const [types, foot] = table.split('<tfoot>');
    const sums = types.split('<tr>').slice(2).map(cells).reduce((a, b) => a.map((value, index) => value + b[index]));
    expect(cells(foot)).toEqual(sums.slice(1));
    expect(sums[1]).toBe(ledger.totals.resources);
    expect(sums[2]).toBe(ledger.totals.resourcesWithRules);
  });

  const counts = (some: Partial<Counts>): Counts => {
    const all = { pass: 0, fail: 0, waived: 0, baselined: 0, notEvaluated: 0, notApplicable: 0, ...some };
    return { ...all, evaluations: Object.values(all).reduce((a, b) => a + b) };
  };

  test.each<[Partial<Counts>, string]>([
    [{ pass: 25 }, 'No exceptions noted'],
    [{ pass: 23, fail: 2 }, 'Exceptions noted 2 of 25.'],
    [{ pass: 24, fail: 1, notApplicable: 3 }, 'Exception noted 1 of 25.'],
    [{ pass: 20, fail: 1, waived: 2, notEvaluated: 2 }, 'Exception noted 1 of 25. 2 of 25 waived. 2 of 25 not evaluated.'],
    [{ pass: 22, notEvaluated: 3 }, 'Partly not evaluated 3 of 25 not evaluated. No exceptions noted in the other 22.'],
    [{ notEvaluated: 3 }, 'Not evaluated No result: 3 of 3 not evaluated.'],
    [{ pass: 1, waived: 1 }, 'Waived 1 of 2 waived. No exceptions noted in the other 1.'],
    [{ baselined: 2 }, 'Baselined 2 of 2 baselined.'],
    [{ notApplicable: 4 }, 'Not applicable to any of 4 resources.'],
  ])('%j reads %j', (some, expected) => {
    const { head, rest } = resultText(counts(some));
    expect(`${head} ${rest}`.trim()).toBe(expected);
  });

  test('numbers, counts and long values are written plainly', () => {
    expect([number(7), number(1234), number(1234567)]).toEqual(['7', '1,234', '1,234,567']);
    expect([count(1, 'rule'), count(0, 'criterion', 'criteria')]).toEqual(['1 rule', '0 criteria']);
    expect(valueText('x'.repeat(3000))).toMatch(/cut here: 1,502 more characters are in the ledger/);
  });
});

describe('a table that is too long', () => {
  const big = bigLedger(2100, 1, 1);
  const long = renderHtml(big);

  test('is cut at 2,000 rows, exceptions first, and says so', () => {
    const [population] = long.slice(long.indexOf('id="controls"')).split('</article>');
    expect(rows(population)).toBe(2000);
    expect(population.split('<tr data-v="fail"').length - 1).toBe(big.totals.fail);
    expect(read(population)).toContain('Shown: the first 2,000 of 2,100 evaluations, exceptions first. The other 100 are not in this file; the ledger (JSON or CSV) of the same run holds all 2,100.');
    expect(read(long)).toContain('Shown: the first 2,000 of 2,100 resources.');
  });

  test('is not linked to where it was cut', () => {
    const ids = new Set([...long.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]));
    expect([...long.matchAll(/ href="#([^"]*)"/g)].filter((match) => !ids.has(match[1]))).toEqual([]);
  });

  test('is cut earlier when there are very many of them', () => {
    const many = renderHtml(bigLedger(2000, 100, 1));
    expect(rows(many.slice(many.indexOf('id="controls"'), many.indexOf('id="exceptions"')))).toBe(100 * 500);
    expect(read(many)).toContain('Shown: the first 500 of 2,000 evaluations');
  });
});

describe('safety', () => {
  test('hostile text is shown as text', () => {
    for (const hostile of [HOSTILE.script, HOSTILE.image, HOSTILE.quote, HOSTILE.close, HOSTILE.comment]) {
      expect(document).not.toContain(hostile);
      expect(body).toContain(escape(hostile));
    }
    expect(document.match(/<script/g)).toHaveLength(1);
    expect(document.match(/<style/g)).toHaveLength(1);
    expect(document).not.toMatch(/<(img|iframe|object|embed|link|base)\b/i);
    expect(document.match(/<h1/g)).toHaveLength(1);
  });

  test('characters that hide or reorder text are named', () => {
    expect(document).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(text).toContain('invoice\\u{202e}gpj.exe');
    expect(text).toContain('left\\u{2066}right\\u{2069}');
    expect(text).toContain('bell\\u{7}null\\u{0}');
    expect(escape('\ud800')).toBe('\\u{d800}');
    expect(escape('soft\u00adhyphen, Ünïcödé, 日本語, 👍')).toBe('soft\\u{ad}hyphen, Ünïcödé, 日本語, 👍');
  });

  test('every element is closed, and has attributes only that load and run nothing', () => {
    const open: string[] = [];
    const names = new Set<string>();
    const tags = [...body.matchAll(/<(\/?)([a-z0-9]+)((?:\s+[a-z:-]+(?:="[^"]*")?)*)\s*>/gi)];
    for (const [tag, closing, name, attributes] of tags) {
      for (const match of attributes.matchAll(/\s([a-z:-]+)(?:="[^"]*")?/gi)) names.add(match[1]);
      if (closing) expect(`</${open.pop()}>`).toBe(tag);
      else if (!['br', 'wbr', 'input'].includes(name)) open.push(name);
    }
    expect(open).toEqual(['body']);
    expect(tags).toHaveLength(body.match(/<[a-z/!]/gi)!.length);
    const harmless = ['id', 'class', 'title', 'scope', 'colspan', 'role', 'tabindex', 'hidden', 'type', 'value', 'placeholder', 'autocomplete', 'spellcheck',
      'viewBox', 'preserveAspectRatio', 'x', 'y', 'width', 'height', 'href'];
    expect([...names].filter((name) => !harmless.includes(name) && !/^(data|aria)-[a-z]+$/.test(name))).toEqual([]);
  });

  test('nothing is loaded: no address but fragments, and a policy that forbids the rest', () => {
    expect([...document.matchAll(/\shref="([^"]*)"/g)].filter((match) => !match[1].startsWith('#'))).toEqual([]);
    const style = document.slice(document.indexOf('<style>'), document.indexOf('</style>'));
    expect(style).not.toMatch(/@import|@font-face|url\((?!"data:image\/svg\+xml,)/);
    const script = document.slice(document.indexOf('<script>') + 8, document.indexOf('</script>'));
    expect(script).not.toMatch(/https?:|fetch\(|XMLHttp|innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function/);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(document)![1].replace(/&#39;/g, "'");
    expect(policy).toContain(`default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; img-src data:`);
  });

  test('a template with a value outside quotes does not render', () => {
    expect(() => html`<a href=${'x'}>`).toThrow('attribute without quotes');
    expect(html`<a title="${HOSTILE.image}">${[HOSTILE.quote, undefined, false, 3]}</a>`.text)
      .toBe('<a title="&quot;&gt;&lt;img src=x onerror=&quot;alert(2)&quot;&gt;">&#39; onmouseover=&#39;alert(3)3</a>');
    expect(join(['a', html`<b>`], '<').text).toBe('a&lt;<b>');
    expect(breakable('S3.BlockPublic<Access').text).toBe('S3.<wbr>Block<wbr>Public&lt;Access');
  });

  test('anchors are safe, stable and never shared', () => {
    const anchors = new Anchors();
    expect(anchors.of('rule', 'S3.Versioning')).toBe('rule-S3.Versioning');
    const names = ['a b', 'a"b', 'a/b', 'a#b', HOSTILE.image, '', 'x'.repeat(200), `${'x'.repeat(200)}y`];
    const ids = names.map((name) => anchors.of('resource', name));
    expect(new Set(ids).size).toBe(names.length);
    for (const id of ids) expect(id).toMatch(/^resource-[A-Za-z0-9._-]*$/);
    expect(names.map((name) => anchors.of('resource', name))).toEqual(ids);
    const imitated = new Anchors();
    const [first] = ['a b'].map((name) => imitated.of('resource', name));
    expect(imitated.of('resource', first.slice('resource-'.length))).toBe(`${first}-2`);
  });
});

describe('language', () => {
  test('nothing is scored and nothing is promised', () => {
    expect(text.match(/\bcompliant|certif\w*|satisf\w*|audit-ready|guarantee/gi)).toBeNull();
    expect(text.match(/\d\s*%|percent\w*/gi)).toBeNull();
  });

  test('what was not evaluated or not applicable never reads as a pass', () => {
    const matrix = part('section', 'matrix').split('<tr data-rule=');
    const row = (rule: string) => read(matrix.find((each) => each.startsWith(`"${rule}"`))!);
    expect(row('RDS.StorageEncrypted')).toContain('Partly not evaluated 1 of 2 not evaluated. No exceptions noted in the other 1.');
    expect(row('DynamoDB.PointInTimeRecovery')).toContain('1 of 3 waived. 1 of 3 baselined. No exceptions noted in the other 1.');
    expect(row('CloudTrail.MultiRegion')).toContain('No exceptions noted');
    expect(row('EC2.NoOpenAdminPorts')).toContain('Exception noted 1 of 3.');
    expect(row('RDS.MultiAz')).toContain('Inspect MultiAZ , SourceDBInstanceIdentifier of the 1 AWS::RDS::DBInstance resource in the templates, or re-perform with the command in section 1 .');
  });
});

describe('purity', () => {
  test('equal ledgers give equal text', () => {
    expect(renderHtml(sampleLedger())).toBe(document);
    expect(renderHtml(JSON.parse(JSON.stringify(ledger)))).toBe(document);
  });

  test('the ledger is not changed', () => {
    const before = JSON.stringify(ledger);
    renderHtml(ledger);
    expect(JSON.stringify(ledger)).toBe(before);
  });

  test('an empty ledger has a report, too', () => {
    const empty = renderHtml(ledgerOf({ categories: ['security'], inputs: [], rules: [], resources: [], evaluations: [] }));
    expect(read(empty)).toContain('No exceptions noted in 0 evaluations.');
  });

  test('what the ledger refers to but does not describe is kept', () => {
    const stray = renderHtml({
      ...ledger,
      evaluations: [...ledger.evaluations, { rule: 'Unknown.Rule', resource: 'aws://111122223333/eu-west-1', verdict: 'fail', evidence: [], message: 'no trail' }],
    });
    expect(stray).toContain('id="rule-Unknown.Rule"');
    expect(read(stray)).toContain('aws://111122223333/eu-west-1');
    expect(read(stray)).toContain('The numbers do not reconcile.');
  });
});
