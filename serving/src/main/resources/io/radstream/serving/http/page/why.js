/* Why a checkpoint is held or promoted: a dialog with all that was measured for it. */

import {$, cell, element, fixed, focusOn, inTheirWords, moment, number, percent, row, rowHead, short, words} from '/assets/elements.js';
import {amount, count, onLanguage, say, sayOr} from '/assets/language.js';

/* How a figure's name begins that stands in the table. */
const OF_FINDINGS = /^(auc|ece|difference|moved|present|absent|panel)\./;

let opener = null;
let shown = null;   // [checkpoint, verdict]

/**
 * A button that shows a verdict's figures; none where nothing was measured.
 *
 * @param key that no other button of the page has
 * @param checkpoint undefined where it is of none
 */
export function whyButton(key, checkpoint, verdict) {
  if (Object.keys(verdict?.figures ?? {}).length === 0) return [];
  const label = say('why.of', {checkpoint: checkpoint ?? say('decisions.no-checkpoint')});
  const made = element('button',
    {type: 'button', class: 'quiet small', 'aria-label': label, 'data-key': `why ${key}`},
    say('why'));
  made.addEventListener('click', () => {
    opener = made.dataset.key;
    shown = [checkpoint, verdict];
    draw();
    $('why').showModal();
  });
  return [' ', made];
}

function draw() {
  if (shown === null) return;
  const [checkpoint, verdict] = shown;
  const {panel} = verdict;
  const name = verdict.name ?? verdict.verdict;
  $('why-title').textContent = say('why.title', {
    checkpoint: checkpoint ?? say('decisions.no-checkpoint'), verdict: sayOr(`verdict.${name}`, name)});
  $('why-reason').replaceChildren(inTheirWords(verdict));
  $('why-by').textContent = [decided(verdict), ...beside(verdict)].join(' ');
  $('why-panel').hidden = panel === undefined;
  $('why-findings').replaceChildren(...(panel?.findings ?? []).map(findingRow));
  $('why-others').replaceChildren(...others(verdict).map(([figure, value]) =>
    element('div', {}, element('dt', {}, sayOr(`figure.${figure}`, words(figure))), element('dd', {}, short(value)))));
}

onLanguage(draw);

function decided({by, time}) {
  if (by === undefined) return say('why.decided');
  return time === undefined ? say('why.decided.by', {by}) : say('why.decided.at', {by, time: moment(time)});
}

function beside({panel, comparedWith}) {
  if (panel === undefined) return [];
  return [comparedWith === undefined ? count(panel.studies, 'why.panel')
    : count(panel.studies, 'why.beside', {checkpoint: comparedWith})];
}

function findingRow(finding) {
  const {candidate, live, difference} = finding;
  return element('tr', {class: finding.outcome === 'worse' ? 'worse' : ''},
    rowHead(finding.finding),
    cell(sayOr(`outcome.${finding.outcome}`, finding.outcome)),
    number(...withInterval(candidate?.auc, candidate?.interval)),
    number(...withInterval(live?.auc, live?.interval)),
    number(...withInterval(live && candidate ? candidate.auc - live.auc : undefined, difference)),
    number(fixed(candidate?.calibrationError, 3)),
    number(fixed(live?.calibrationError, 3)),
    number(percent(finding.moved)),
    number(amount(finding.present)),
    number(amount(finding.absent)));
}

function withInterval(value, interval) {
  const text = fixed(value, 3);
  return interval === undefined
    ? [text]
    : [text, element('span', {class: 'interval'},
      ` ${say('why.interval', {low: fixed(interval.low, 3), high: fixed(interval.high, 3)})}`)];
}

/** Figures that are of no panel, such as that of the policy 'best'. */
function others({figures, panel}) {
  return Object.entries(figures).filter(([name]) => panel === undefined || !OF_FINDINGS.test(name));
}

$('why-close').addEventListener('click', () => $('why').close());
/* The row was made anew meanwhile, perhaps, so that its button is looked for by name. */
$('why').addEventListener('close', () => focusOn(opener));
