/* The live checkpoint and those on trial on the same studies: how far they agree, and where least. */

import {ask} from '/assets/access.js';
import {$, cell, element, fixed, moment, number, percent, replace, row, rowHead, short} from '/assets/elements.js';
import {amount, count, onLanguage, say, sayOr} from '/assets/language.js';

const EVERY = 10_000;
const FORBIDDEN = 403;

let onTrial = true;    // whether something may be compared at present
let allowed = true;    // it names studies, which not everybody may see
let looking = false;   // one at a time: it may be waiting for a key
let shown = '';

/** Begins to look, or ends it, as checkpoints come and go; what a trial gave is shown after it, too. */
export function compare({decided}) {
  const before = onTrial;
  onTrial = decided.shadow !== undefined || decided.canary !== undefined;
  if (onTrial || before) look();
}

async function look() {
  if (!allowed || looking) return;
  looking = true;
  try {
    const response = await ask('/v1/models/comparison');
    allowed = response.status !== FORBIDDEN;
    if (response.ok) show(await response.text());
  } catch {
    // The next look may succeed.
  } finally {
    looking = false;
  }
}

setInterval(() => {
  if (onTrial && document.visibilityState === 'visible') look();
}, EVERY);

function show(text) {
  if (text === shown) return;
  shown = text;
  draw();
}

function draw() {
  if (shown === '') return;
  const {moved, comparisons} = JSON.parse(shown);
  const open = new Set([...$('comparisons').querySelectorAll('details[open]')].map(list => list.dataset.pair));
  $('comparison').hidden = comparisons.length === 0;
  replace($('comparisons'), comparisons.map(pair => pairElement(pair, moved, open)));
}

onLanguage(draw);

function pairElement(pair, moved, open) {
  const [trial, live] = [pair.trial.id, pair.live.id];
  const key = `${trial} ${live}`;
  const title = pair.role === undefined ? say('trial.pair', {trial, live})
    : say('trial.pair.role', {trial, live, role: sayOr(`role.${pair.role}`, pair.role)});
  return element('section', {class: 'pair', 'aria-label': say('trial.pair', {trial, live})},
    element('h3', {}, title),
    element('p', {class: 'fine'}, scored(pair)),
    table(say('trial.each'),
      [say('why.finding'), say('trial.studies'), say('trial.mean'),
        say('trial.moved', {moved: short(moved)}), say('trial.same', {half: percent(0.5)}), say('trial.rank')],
      agreements(pair)),
    worklist(pair, key, open.has(key)));
}

/* What was not scored by both is in no figure below, and may be what they would disagree on most. */
function scored({studies, failed, dropped}) {
  const missing = failed + dropped === 0 ? []
    : [say('trial.missing', {failed: amount(failed), dropped: amount(dropped)})];
  return [count(studies, 'trial.scored'), ...missing].join(' ');
}

/* What they agree on least comes first. */
function agreements({findings}) {
  return Object.entries(findings)
    .sort(([, a], [, b]) => b.meanDifference - a.meanDifference)
    .map(([name, finding]) => row(
      rowHead(name),
      number(amount(finding.studies)),
      number(fixed(finding.meanDifference, 3)),
      number(percent(finding.moved)),
      number(percent(finding.sameDecision)),
      number(fixed(finding.rankCorrelation, 3))));
}

function worklist({worklist: studies}, key, open) {
  const list = element('details', {'data-pair': key},
    element('summary', {'data-key': `worklist ${key}`}, count(studies.length, 'trial.first')),
    table(say('trial.list'),
      [say('study'), say('why.finding'), say('trial.live'), say('trial.trial'), say('why.difference'), say('trial.at')],
      studies.map(study => row(
        rowHead(study.studyId ?? say('trial.nameless')),
        cell(study.finding),
        number(percent(study.live)),
        number(percent(study.trial)),
        number(fixed(Math.abs(study.live - study.trial), 3)),
        number(moment(study.at))))));
  list.open = open;
  return list;
}

function table(label, heads, rows) {
  const [first, ...others] = heads;
  const head = name => element('th', {scope: 'col', class: name === say('why.finding') ? '' : 'number'}, name);
  return element('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label},
    element('table', {'aria-label': label},
      element('thead', {}, row(element('th', {scope: 'col'}, first), ...others.map(head))),
      element('tbody', {class: 'lines'}, ...rows)));
}
