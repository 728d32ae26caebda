/* The live checkpoint and those on trial on the same studies: how far they agree, and where least. */

import {ask} from '/assets/access.js';
import {$, cell, count, element, fixed, moment, number, percent, replace, row, rowHead} from '/assets/elements.js';

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
  const {moved, comparisons} = JSON.parse(text);
  const open = new Set([...$('comparisons').querySelectorAll('details[open]')].map(list => list.dataset.pair));
  $('comparison').hidden = comparisons.length === 0;
  replace($('comparisons'), comparisons.map(pair => pairElement(pair, moved, open)));
}

function pairElement(pair, moved, open) {
  const key = `${pair.trial.id} ${pair.live.id}`;
  const role = pair.role === undefined ? '' : ` (${pair.role})`;
  return element('section', {class: 'pair', 'aria-label': `${pair.trial.id} beside ${pair.live.id}`},
    element('h3', {}, `${pair.trial.id}${role} beside ${pair.live.id}`),
    element('p', {class: 'fine'}, scored(pair)),
    table('Agreement for each finding',
      ['Finding', 'Studies', 'Mean difference', `Moved by more than ${moved}`, 'Same side of 50 %', 'Rank correlation'],
      agreements(pair)),
    worklist(pair, key, open.has(key)));
}

/* What was not scored by both is in no figure below, and may be what they would disagree on most. */
function scored({studies, failed, dropped}) {
  const missing = failed + dropped === 0 ? '' : ` Not compared: ${failed.toLocaleString()} that scoring beside failed on, ${dropped.toLocaleString()} that it could not keep up with.`;
  return `${count(studies, 'study', 'studies')} scored by both.${missing}`;
}

/* What they agree on least comes first. */
function agreements({findings}) {
  return Object.entries(findings)
    .sort(([, a], [, b]) => b.meanDifference - a.meanDifference)
    .map(([name, finding]) => row(
      rowHead(name),
      number(finding.studies.toLocaleString()),
      number(fixed(finding.meanDifference, 3)),
      number(percent(finding.moved)),
      number(percent(finding.sameDecision)),
      number(fixed(finding.rankCorrelation, 3))));
}

function worklist({worklist: studies}, key, open) {
  const list = element('details', {'data-pair': key},
    element('summary', {'data-key': `worklist ${key}`},
      `Look at these first: ${count(studies.length, 'study', 'studies')} that they disagree on most`),
    table('Studies, the greatest difference first',
      ['Study', 'Finding', 'Live', 'On trial', 'Difference', 'Scored at'],
      studies.map(study => row(
        rowHead(study.studyId ?? 'was given no name'),
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
  const head = name => element('th', {scope: 'col', class: name === 'Finding' ? '' : 'number'}, name);
  return element('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label},
    element('table', {'aria-label': label},
      element('thead', {}, row(element('th', {scope: 'col'}, first), ...others.map(head))),
      element('tbody', {class: 'lines'}, ...rows)));
}
