const ICONS: Readonly<Record<string, string>> = {
  'pass': `<path d='M3.2 8.6l3 3 6.6-7' fill='none' stroke='#000' stroke-width='2.2' stroke-linecap='round' stroke-linejoin='round'/>`,
  'fail': `<path d='M4 4l8 8M12 4l-8 8' fill='none' stroke='#000' stroke-width='2.4' stroke-linecap='round'/>`,
  'not-evaluated': `<path d='M5.2 5.8a2.8 2.8 0 1 1 4.1 2.5c-.9.5-1.3 1-1.3 1.9' fill='none' stroke='#000' stroke-width='2' stroke-linecap='round'/><circle cx='8' cy='13.2' r='1.3'/>`,
  'waived': `<path d='M4 14V2.5h8.5l-2 3 2 3H5.6V14z'/>`,
  'baselined': `<path d='M2.5 4.5h11M2.5 8h11M2.5 11.5h7' fill='none' stroke='#000' stroke-width='2' stroke-linecap='round'/>`,
  'remark': `<circle cx='8' cy='3.4' r='1.5'/><path d='M8 7v6.5' fill='none' stroke='#000' stroke-width='2.4' stroke-linecap='round'/>`,
  'not-applicable': `<path d='M3.5 8h9' fill='none' stroke='#000' stroke-width='2.2' stroke-linecap='round'/>`,
};

/** One colour a verdict; each reaches a contrast of 4.5 on white and on its own tint. */
const COLOURS: Readonly<Record<string, readonly [ink: string, tint: string]>> = {
  'pass': ['#17693b', '#e9f4ed'],
  'fail': ['#a8201a', '#fbeceb'],
  'not-evaluated': ['#8f4700', '#fdf1e2'],
  'waived': ['#5b3ea6', '#f0ecfa'],
  'baselined': ['#1a5a96', '#e8f1f9'],
  'remark': ['#3d4b5c', '#e9edf2'],
  'not-applicable': ['#566171', '#f0f2f5'],
};

function verdictRules(): string {
  return Object.entries(COLOURS).map(([verdict, [ink, tint]]) => {
    const icon = `url("data:image/svg+xml,${encodeURIComponent(`<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>${ICONS[verdict]}</svg>`)}")`;
    return `.v.${verdict}{color:${ink};background:${tint}}.v.${verdict}::before{-webkit-mask-image:${icon};mask-image:${icon}}`
      + `.bar .${verdict}{fill:${ink}}td.n.${verdict},.term.${verdict} b{color:${ink}}`;
  }).join('\n');
}

/** The style sheet. Sizes follow the reader's own font size; print has its own rules at the end. */
export const STYLE = `
:root{--ink:#1b2430;--soft:#4c5867;--line:#d8dee6;--faint:#eef1f5;--band:#f7f8fa;--accent:#174a7c;--paper:#fff;--measure:74ch;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans","Liberation Sans",sans-serif;
--mono:ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace}
*{box-sizing:border-box}
html{font-size:15px;scroll-behavior:auto;scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;color:var(--ink);background:var(--paper);font:1rem/1.55 var(--sans);overflow-wrap:break-word}
[hidden]{display:none!important}
p{margin:.6em 0;max-width:var(--measure)}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.15em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid #2f7fd1;outline-offset:2px;border-radius:2px}
main:focus{outline:none}
code,pre{font-family:var(--mono);font-size:.86em}
code{overflow-wrap:anywhere;unicode-bidi:isolate}
pre{margin:.5em 0;padding:.7em .9em;background:var(--band);border:1px solid var(--line);border-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere}
small{display:block;font-size:.84rem;line-height:1.4;color:var(--soft)}
em{color:var(--soft)}
.skip{position:absolute;left:-999em;top:0;z-index:9;padding:.6em 1em;background:var(--accent);color:#fff}
.skip:focus{left:0}
.page{display:grid;grid-template-columns:16rem minmax(0,1fr);max-width:112rem;margin:0 auto}
.side{position:sticky;top:0;align-self:start;height:100vh;overflow-y:auto;padding:1.6rem 1.1rem 2rem 1.4rem;border-right:1px solid var(--line);background:var(--band);font-size:.92rem}
nav ol{list-style:none;margin:0 0 1.2rem;padding:0;counter-reset:section}
nav li{counter-increment:section}
nav li.unnumbered{counter-increment:none}
nav a{display:flex;gap:.6em;padding:.28em .5em;border-radius:4px;color:var(--ink);text-decoration:none;line-height:1.35}
nav li:not(.unnumbered) a::before{content:counter(section);flex:0 0 1.3em;text-align:right;color:var(--soft);font-variant-numeric:tabular-nums}
nav li.unnumbered a{padding-left:2.4em}
nav a:hover{background:#e9edf2}
nav a[aria-current]{background:#dfe7f0;color:var(--accent)}
.badge{margin-left:auto;color:var(--soft);font-variant-numeric:tabular-nums}
#filters{padding-top:1rem;border-top:1px solid var(--line)}
#filters label{display:block;margin:.55em 0;font-size:.84rem;color:var(--soft)}
#filters label.check{display:flex;gap:.5em;align-items:center;color:var(--ink)}
input[type=search],input[type=text],select{display:block;width:100%;min-width:0;margin-top:.15em;padding:.35em .5em;font:inherit;font-size:.9rem;color:var(--ink);background:#fff;border:1px solid #7b8696;border-radius:4px}
button{padding:.3em .65em;font:inherit;font-size:.84rem;color:var(--ink);background:#fff;border:1px solid #7b8696;border-radius:4px;cursor:pointer}
button:hover{background:var(--faint)}
.buttons{display:flex;flex-wrap:wrap;gap:.4em}
#f-count{min-height:1.4em;font-size:.84rem;font-weight:600}
.note{color:var(--soft);font-size:.84rem}
main{min-width:0;padding:0 2.2rem 3rem}
main>section{padding-top:2.2rem}
h1,h2,h3,h4{line-height:1.25;text-wrap:balance}
h1{margin:.1em 0 .3em;font-size:2.5rem;font-weight:650;letter-spacing:-.015em}
h2{margin:0 0 .8em;padding-bottom:.35em;border-bottom:2px solid var(--ink);font-size:1.62rem;font-weight:650;letter-spacing:-.01em}
h2 .position{margin-right:.35em;color:var(--soft);font-weight:400}
h3{margin:2em 0 .5em;font-size:1.15rem;font-weight:650}
h3 code{font-size:.94em}
h4{margin:1.6em 0 .4em;font-size:1rem}
.cover{padding:3.2rem 0 1rem}
.kind{margin:0;font-size:.84rem;color:var(--soft)}
.cover .kind{font-size:1rem;color:var(--accent);font-weight:600}
.lead{font-size:1.25rem;line-height:1.45;max-width:46ch}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.4rem,1fr));gap:1px;margin:1.8rem 0;background:var(--line);border:1px solid var(--line);border-radius:6px;overflow:hidden}
.tile{display:flex;flex-direction:column;gap:.35rem;align-items:flex-start;padding:.9rem 1rem 1rem;background:#fff;color:inherit;text-decoration:none}
.tile:hover{background:var(--band)}
.tile b{font-size:1.9rem;font-weight:600;line-height:1.1;font-variant-numeric:tabular-nums}
.tile.fail b{color:#a8201a}.tile.not-evaluated b{color:#8f4700}
.statement{margin-top:1.6rem;padding:.9rem 1.1rem;border-left:4px solid var(--accent);background:var(--band);max-width:var(--measure)}
.alert,.notice{padding:.6rem .9rem;border-left:4px solid #8f4700;background:#fdf1e2;max-width:none}
.alert{border-color:#a8201a;background:#fbeceb}
.none{padding:.5rem 0}
.facts{margin:1em 0;border-top:1px solid var(--line)}
.facts>div{display:grid;grid-template-columns:11.5rem minmax(0,1fr);gap:1rem;padding:.42rem 0;border-bottom:1px solid var(--line)}
.facts dt{color:var(--soft)}
.facts dd{margin:0;max-width:92ch}
.steps{max-width:var(--measure);padding-left:1.4em}
.steps li{margin:.5em 0}
.digest{font-size:.8em}
.scroll{margin:.8em 0 1.2em}
table{width:100%;border-collapse:collapse;font-size:.92rem;line-height:1.45}
th,td{padding:.48rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
th:first-child,td:first-child{padding-left:.5rem}
thead th{position:sticky;top:0;z-index:1;background:var(--paper);border-bottom:2px solid #8a95a4;font-size:.84rem;font-weight:600;color:var(--soft);vertical-align:bottom;line-height:1.3;overflow-wrap:normal}
tbody th{font-weight:inherit}
tbody th,tbody td{overflow-wrap:anywhere}
tbody tr:nth-child(even){background:var(--band)}
tbody tr:target,tr:target:nth-child(even),article:target>h3{background:#fff6d6}
tfoot th,tfoot td{border-top:2px solid #8a95a4;border-bottom:0;font-weight:600}
.n{text-align:right;font-variant-numeric:tabular-nums}
td.n{white-space:nowrap}
td.n small{white-space:normal;font-weight:400}
td.code{white-space:nowrap;font-variant-numeric:tabular-nums}
code.id{overflow-wrap:break-word}
tbody td.n:not(.zero){font-weight:600}
td.n.zero{color:#5f6977}
td ul{margin:.3em 0;padding-left:1.1em}
ul.plain{margin:0;padding:0;list-style:none}
.numbers th,.numbers td{padding-left:.4rem;padding-right:.4rem}
.numbers tbody th{min-width:13rem}
tr.outside>*{padding-top:.28rem;padding-bottom:.28rem;color:var(--soft)}
.short{max-width:44rem}
.definitions tbody th{width:15rem;font-weight:600}
.formula{padding:1rem 1.2rem;border:1px solid var(--line);border-radius:6px}
.formula p{max-width:none;margin:.3em 0}
.sum{display:flex;flex-wrap:wrap;align-items:flex-start;gap:.3rem 1rem}
.term{text-align:center}
.term b{display:block;font-size:1.45rem;font-weight:600;font-variant-numeric:tabular-nums}
.op{font-size:1.3rem;color:var(--soft)}
.wrong{color:#a8201a}
.v{display:inline-flex;align-items:center;gap:.35em;padding:.06em .55em .06em .4em;border-radius:4px;font-size:.84rem;font-weight:600;line-height:1.5;white-space:nowrap;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.v::before{content:"";flex:none;width:.85em;height:.85em;background:currentColor;-webkit-mask-size:contain;mask-size:contain;-webkit-mask-repeat:no-repeat;mask-repeat:no-repeat;-webkit-mask-position:center;mask-position:center;forced-color-adjust:none;-webkit-print-color-adjust:exact;print-color-adjust:exact}
${verdictRules()}
.severity{display:inline-block;padding:0 .5em;border:1px solid #8a95a4;border-radius:1em;font-size:.78rem;font-weight:500;font-family:var(--sans);color:var(--soft);vertical-align:.1em;white-space:nowrap}
.severity.critical{border-color:var(--ink);background:var(--ink);color:#fff;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.severity.high{border-color:var(--ink);color:var(--ink);font-weight:650}
.criterion{display:inline-block;font-weight:600;white-space:nowrap;font-variant-numeric:tabular-nums}
.bar{display:block;width:100%;max-width:20rem;height:7px;margin:.35rem 0 .15rem;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.matrix th,.matrix td{padding-left:.5rem;padding-right:.5rem}
.matrix td:nth-child(3){min-width:8.5rem}.matrix td:nth-child(4){min-width:14rem}.matrix td:nth-child(6){min-width:11.5rem}
.matrix tbody th{min-width:7.6rem}.matrix td:nth-child(2){min-width:5.6rem}.matrix td>.v{display:flex;width:fit-content;margin-bottom:.25em}
.places tbody th{min-width:9rem}
.matrix tbody th a{display:block}.matrix th .severity{margin-top:.3rem}
.ref{width:7rem;min-width:7rem;border-left:1px solid var(--line)}
.ref label{display:flex;gap:.4em;align-items:center;margin-top:.35rem;font-size:.84rem}
tbody tr.viewed{background:#e8f0f8}
#advisory .bar .fail{fill:#3d4b5c}#advisory .term.fail b{color:#3d4b5c}
.control,.group{padding:.2rem 0 .6rem;border-bottom:1px solid var(--line)}
.control>h3,.group>h3{margin-top:1.4em}
.result{max-width:none}
.rows td:first-child{white-space:nowrap}
.rows tbody th,.rows td{min-width:7.5rem}
.rows td:last-child{min-width:16rem}
.rows p{margin:.1em 0 .3em}
.wide{width:36%}
.finding{font-weight:600}
.read+.read{margin-top:.15em}
.read{line-height:1.55}
.is{padding:.05em .3em;background:var(--faint);border-radius:3px;-webkit-box-decoration-break:clone;box-decoration-break:clone}
.nw{white-space:nowrap}
.register tbody th{min-width:11rem}.register td:nth-child(3){min-width:13rem}
details{margin:.4em 0}
summary{cursor:pointer;padding:.3rem 0;color:var(--accent);font-weight:600}
summary .note{font-weight:400}
.inventory details{margin:0;border-bottom:1px solid var(--line)}
.criteria article{padding:.2rem 0 .4rem}
.criteria h3{margin-bottom:.2em}
.kind.infrastructure,.kind.partial,.kind.organizational{font-weight:400;margin-left:.4em}
section>footer{margin-top:2.4rem;padding-top:.7rem;border-top:1px solid var(--line);font-size:.8rem;color:var(--soft)}
@media screen and (max-width:76rem){.scroll{overflow-x:auto;max-height:85vh;overflow-y:auto;border:1px solid var(--line);border-radius:4px}.scroll table{min-width:44rem}.scroll .short,.scroll .definitions{min-width:0}th:first-child,td:first-child{padding-left:.7rem}}
@media screen and (max-width:56rem){
.page{display:block}
.side{position:static;height:auto;overflow:visible;padding:0;border:0}
nav{overflow-x:auto;background:var(--band);border-bottom:1px solid var(--line)}
nav ol{display:flex;margin:0;padding:.4rem .6rem;width:max-content}
nav li.unnumbered a{padding-left:.5em}
nav a{white-space:nowrap;gap:.35em}
nav li:not(.unnumbered) a::before{flex:none}
#filters{display:grid;grid-template-columns:1fr 1fr;gap:0 .8rem;padding:.5rem 1rem;border:0;border-bottom:1px solid var(--line)}
#filters .check,#filters p,#filters .buttons{grid-column:1/-1}
#f-count{min-height:0;margin:.2em 0}
main{padding:0 1rem 2rem}
.cover{padding-top:1.6rem}
h1{font-size:1.9rem}.lead{font-size:1.1rem}
.tiles{grid-template-columns:repeat(2,1fr)}
.facts>div{grid-template-columns:1fr;gap:0}
.definitions tbody th{width:auto}
}
@media print{
@page{size:A4;margin:16mm 13mm 18mm;@bottom-left{content:"Management-prepared evidence; not an auditor’s report or opinion";font:8pt sans-serif;color:#4c5867}@bottom-right{content:"Page " counter(page) " of " counter(pages);font:8pt sans-serif;color:#4c5867}}
@page wide{size:A4 landscape}
#matrix,#waivers,#scope{page:wide}
html{font-size:9.5pt}
.page{display:block;max-width:none}
.side,.skip{display:none}
main{padding:0}
main>section{break-before:page;padding-top:0}
.cover{padding-top:18mm}
.scroll{overflow:visible;max-height:none;border:0}
.scroll table{min-width:0}
table{font-size:.84rem}
.numbers th,.numbers td{padding-left:.25rem;padding-right:.25rem}
.facts>div{grid-template-columns:9rem minmax(0,1fr)}
.tiles{grid-template-columns:repeat(6,1fr)}
.numbers tbody th,.rows tbody th,.rows td,.rows td:last-child,.places tbody th,.register tbody th,.register td:nth-child(3),.matrix td:nth-child(3),.matrix td:nth-child(4),.matrix td:nth-child(6){min-width:0}
th,td{padding:.3rem .4rem}
thead{display:table-header-group}
tfoot{display:table-row-group}
thead th{position:static}
tr,.tile,.formula,.criteria article{break-inside:avoid}
h2,h3,h4,summary{break-after:avoid}
a{color:inherit;text-decoration:none}
summary{color:inherit;list-style:none}
.v{white-space:normal}
details::details-content{content-visibility:visible!important;display:block!important;block-size:auto!important}
details>*{display:block}
.ref input[type=text]{padding:0;border:0}
.ref input:placeholder-shown,.ref label:not(:has(:checked)){display:none}
.ref{width:20mm;min-width:20mm}
body.filtered main::before{content:"A filter was active when this was printed: rows are missing.";display:block;padding:4mm;border:2px solid #a8201a;font-weight:600}
}
`;
