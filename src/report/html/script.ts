/**
 * The document's one script: search, filters, expand all, and the auditor's marks. Everything it does is an extra;
 * the document is complete without it. It only reads text and toggles `hidden` and `open`: it never writes markup.
 */
export const SCRIPT = `'use strict';
(function () {
  var find = function (selector, from) { return Array.prototype.slice.call((from || document).querySelectorAll(selector)); };
  var byId = function (id) { return document.getElementById(id); };
  var form = byId('filters');
  var opened = [];

  /* ---- the auditor's marks, kept in this browser only, per ledger ---- */
  var storageKey = 'cdk-soc2 marks ' + document.body.dataset.digest;
  var marks = {};
  try { marks = JSON.parse(localStorage.getItem(storageKey)) || {}; } catch (error) { /* no storage: marks last as long as the page */ }
  var markOf = function (rule) { return Object.prototype.hasOwnProperty.call(marks, rule) ? marks[rule] : {}; };
  function setMark(rule, key, value) {
    var mark = markOf(rule);
    mark[key] = value;
    Object.defineProperty(marks, rule, { value: mark, enumerable: true, configurable: true, writable: true });
    try { localStorage.setItem(storageKey, JSON.stringify(marks)); } catch (error) { /* as above */ }
  }
  find('td[data-ref]').forEach(function (cell) {
    var rule = cell.dataset.ref;
    var label = document.createElement('label');
    var viewed = document.createElement('input');
    viewed.type = 'checkbox';
    viewed.checked = markOf(rule).viewed === true;
    viewed.setAttribute('aria-label', 'Viewed: ' + rule);
    viewed.addEventListener('change', function () { setMark(rule, 'viewed', viewed.checked); cell.parentNode.classList.toggle('viewed', viewed.checked); if (byId('f-unviewed').checked) apply(); });
    cell.parentNode.classList.toggle('viewed', viewed.checked);
    label.append(viewed, ' Viewed');
    var reference = document.createElement('input');
    reference.type = 'text';
    reference.value = typeof markOf(rule).reference === 'string' ? markOf(rule).reference : '';
    reference.setAttribute('aria-label', 'Auditor reference: ' + rule);
    reference.placeholder = 'Ref';
    reference.addEventListener('input', function () { setMark(rule, 'reference', reference.value); });
    cell.append(reference, label);
  });

  /* ---- filters ---- */
  var groups = null;
  function index() {
    if (groups) return;
    groups = find('article.control, article.group').map(function (element) {
      var rows = find('tbody > tr[data-v]', element).map(function (row) { return { element: row, verdicts: row.dataset.v, text: null }; });
      return { element: element, rule: element.dataset.rule, criteria: element.dataset.c.split(' '), severity: element.dataset.s,
        head: (element.querySelector('h3').textContent + ' ' + element.dataset.c).toLowerCase(), rows: rows, main: element.matches('.control:not(.advisory)') };
    });
  }
  var matrix = find('tr[data-rule]').map(function (element) { return { element: element, rule: element.dataset.rule }; });
  var inventory = null;
  function textOf(row) { return row.text === null ? (row.text = row.element.textContent.toLowerCase()) : row.text; }
  function show(element, shown) { if (element.hidden === shown) element.hidden = !shown; }
  function has(words, text, more) { return words.every(function (word) { return text.indexOf(word) >= 0 || (more !== undefined && more().indexOf(word) >= 0); }); }

  function apply() {
    index();
    var words = byId('f-text').value.toLowerCase().split(/\\s+/).filter(Boolean);
    var verdict = byId('f-verdict').value;
    var criterion = byId('f-criterion').value;
    var severity = byId('f-severity').value;
    var unviewed = byId('f-unviewed').checked;
    var active = words.length > 0 || verdict || criterion || severity || unviewed;
    var hits = 0, total = 0, kept = Object.create(null), controls = 0, candidates = [];
    groups.forEach(function (group) {
      var allowed = (!criterion || group.criteria.indexOf(criterion) >= 0) && (!severity || group.severity === severity) && (!unviewed || markOf(group.rule).viewed !== true);
      var groupHit = has(words, group.head);
      var found = 0;
      group.rows.forEach(function (row) {
        var shown = allowed && (!verdict || row.verdicts === verdict) && (groupHit || has(words, group.head, function () { return textOf(row); }));
        if (shown) found++;
        show(row.element, shown);
      });
      show(group.element, found > 0);
      if (!group.main) return;
      total += group.rows.length;
      hits += found;
      if (found > 0) { kept[group.rule] = true; controls++; candidates.push(group.element); }
    });
    matrix.forEach(function (row) { show(row.element, kept[row.rule] === true); });
    if (!inventory) inventory = find('.inventory > details').map(function (element) {
      return { element: element, rows: find('tr[data-v]', element).map(function (row) { return { element: row, verdicts: row.dataset.v.split(' '), text: null }; }) };
    });
    inventory.forEach(function (type) {
      var found = 0;
      type.rows.forEach(function (row) {
        var shown = (!verdict || row.verdicts.indexOf(verdict) >= 0) && (words.length === 0 || has(words, textOf(row)));
        if (shown) found++;
        show(row.element, shown);
      });
      show(type.element, found > 0);
    });
    opened.forEach(function (details) { details.open = false; });
    opened = [];
    if ((words.length > 0 || verdict) && hits <= 300) candidates.forEach(function (element) {
      var details = element.querySelector('details.population');
      if (details && !details.open) { details.open = true; opened.push(details); }
    });
    byId('f-count').textContent = active ? hits.toLocaleString('en') + ' of ' + total.toLocaleString('en') + ' evaluations, ' + controls.toLocaleString('en') + ' of ' + matrix.length.toLocaleString('en') + ' controls shown' : '';
    document.body.classList.toggle('filtered', Boolean(active));
  }

  var timer;
  form.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(apply, 120); });
  form.addEventListener('submit', function (event) { event.preventDefault(); apply(); });
  form.addEventListener('reset', function () { setTimeout(apply, 0); });
  byId('f-expand').addEventListener('click', function () { find('main details').forEach(function (details) { details.open = true; }); });
  byId('f-collapse').addEventListener('click', function () { find('main details').forEach(function (details) { details.open = false; }); });
  form.hidden = false;

  /* ---- links into what is collapsed or filtered away ---- */
  function reveal() {
    var id = '';
    try { id = decodeURIComponent(location.hash.slice(1)); } catch (error) { return; }
    var target = id && byId(id);
    if (!target) return;
    var concealed = false;
    for (var element = target; element; element = element.parentElement) {
      if (element.hidden) concealed = true;
      if (element.tagName === 'DETAILS') element.open = true;
    }
    if (concealed) { form.reset(); clearTimeout(timer); setTimeout(function () { target.scrollIntoView(); }, 50); }
    target.scrollIntoView();
  }
  window.addEventListener('hashchange', reveal);
  if (location.hash) reveal();

  /* ---- print what is collapsed ---- */
  var printed = [];
  window.addEventListener('beforeprint', function () { printed = find('main details:not([open])'); printed.forEach(function (details) { details.open = true; }); });
  window.addEventListener('afterprint', function () { printed.forEach(function (details) { details.open = false; }); printed = []; });

  /* ---- where the reader is ---- */
  if ('IntersectionObserver' in window) {
    var links = find('nav a');
    var observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        links.forEach(function (link) {
          if (link.hash === '#' + entry.target.id) link.setAttribute('aria-current', 'true');
          else link.removeAttribute('aria-current');
        });
      });
    }, { rootMargin: '-10% 0px -85% 0px' });
    find('main > section, main > header').forEach(function (section) { observer.observe(section); });
  }
})();
`;
