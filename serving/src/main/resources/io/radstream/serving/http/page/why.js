/* Why a checkpoint is held or promoted: a dialog with all that was measured for it. */

import {$, cell, count, element, fixed, focusOn, moment, number, percent, row, rowHead, short, words} from '/assets/elements.js';

const OUTCOMES = {
  worse: 'worse: holds it',
  not_worse: 'not worse',
  not_compared: 'nothing to compare with',
  not_judged: 'not judged: not scored, or too few patients',
};

/* How a figure's name begins that stands in the table. */
const OF_FINDINGS = /^(auc|ece|difference|moved|present|absent|panel)\./;

let opener = null;

/**
 * A button that shows a verdict's figures; none where nothing was measured.
 *
 * @param key that no other button of the page has
 */
export function whyButton(key, checkpoint, verdict) {
  if (Object.keys(verdict?.figures ?? {}).length === 0) return [];
  const made = element('button',
    {type: 'button', class: 'quiet small', 'aria-label': `Figures of ${checkpoint}`, 'data-key': `why ${key}`},
    'Figures');
  made.addEventListener('click', () => {
    opener = made.dataset.key;
    show(checkpoint, verdict);
  });
  return [' ', made];
}

function show(checkpoint, verdict) {
  const {panel} = verdict;
  const by = verdict.by === undefined ? '' : ` by ${verdict.by}`;
  const at = verdict.time === undefined ? '' : `, ${moment(verdict.time)}`;
  $('why-title').textContent = `${checkpoint}: ${verdict.name ?? verdict.verdict}`;
  $('why-reason').textContent = verdict.reason;
  $('why-by').textContent = `Decided${by}${at}.${beside(verdict)}`;
  $('why-panel').hidden = panel === undefined;
  $('why-findings').replaceChildren(...(panel?.findings ?? []).map(findingRow));
  $('why-others').replaceChildren(...others(verdict).map(([name, value]) =>
    element('div', {}, element('dt', {}, words(name)), element('dd', {}, short(value)))));
  $('why').showModal();
}

function beside({panel, comparedWith}) {
  if (panel === undefined) return '';
  const on = ` Judged on a panel of ${count(panel.studies, 'study', 'studies')}`;
  return comparedWith === undefined ? `${on}.` : `${on}, beside ${comparedWith}.`;
}

function findingRow(finding) {
  const {candidate, live, difference} = finding;
  return element('tr', {class: finding.outcome === 'worse' ? 'worse' : ''},
    rowHead(finding.finding),
    cell(OUTCOMES[finding.outcome] ?? finding.outcome),
    number(...withInterval(candidate?.auc, candidate?.interval)),
    number(...withInterval(live?.auc, live?.interval)),
    number(...withInterval(live && candidate ? candidate.auc - live.auc : undefined, difference)),
    number(fixed(candidate?.calibrationError, 3)),
    number(fixed(live?.calibrationError, 3)),
    number(percent(finding.moved)),
    number(finding.present.toLocaleString()),
    number(finding.absent.toLocaleString()));
}

function withInterval(value, interval) {
  const text = fixed(value, 3);
  return interval === undefined
    ? [text]
    : [text, element('span', {class: 'interval'}, ` ${fixed(interval.low, 3)} to ${fixed(interval.high, 3)}`)];
}

/** Figures that are of no panel, such as that of the policy 'best'. */
function others({figures, panel}) {
  return Object.entries(figures).filter(([name]) => panel === undefined || !OF_FINDINGS.test(name));
}

$('why-close').addEventListener('click', () => $('why').close());
/* The row was made anew meanwhile, perhaps, so that its button is looked for by name. */
$('why').addEventListener('close', () => focusOn(opener));
