/* Where a checkpoint comes from: a dialog with the runs whose steps are in it. */

import {ask} from '/assets/access.js';
import {$, cell, element, focusOn, named, number, replace, row, rowHead} from '/assets/elements.js';
import {amount, count, onLanguage, say, tell} from '/assets/language.js';
import {SILENT, problem, statusOf} from '/assets/problem.js';

let opener = null;
let shown = null;     // the service's answer
let request = null;

/** A button that shows it. */
export function lineageButton({id}) {
  const made = element('button', {
    type: 'button', class: 'quiet small', 'aria-label': say('lineage.of', {checkpoint: id}), 'data-key': `lineage ${id}`},
  say('lineage'));
  made.addEventListener('click', () => open(id, made.dataset.key));
  return made;
}

async function open(id, key) {
  request?.abort();
  const mine = request = new AbortController();
  opener = key;
  shown = null;
  tell($('lineage-title'), 'lineage.of', {checkpoint: id});
  problem($('lineage-problem'), null);
  draw();
  $('lineage').showModal();
  try {
    const response = await ask(`/v1/models/${encodeURIComponent(id)}/lineage`, {signal: mine.signal});
    const answer = await response.json();
    if (response.ok) shown = answer;
    else problem($('lineage-problem'), statusOf(answer, response.status));
  } catch (failure) {
    if (failure.name !== 'AbortError') problem($('lineage-problem'), SILENT);
  }
  if (request === mine) draw();
}

function draw() {
  $('lineage-table').hidden = shown === null;
  $('lineage-before').hidden = shown?.before === undefined;
  if (shown === null) return;
  $('lineage-before').textContent = say('lineage.before', {checkpoint: shown.before ?? ''});
  replace($('lineage-runs'), shown.runs.map(runRow));
}

function runRow({line, runId, checkpoint, firstStep, step, mayRead, withdrawnStudies: studies, firstWithdrawnAtStep: first}) {
  return row(
    rowHead(checkpoint, element('span', {class: 'lineage'}, say('models.run', {run: runId, line}))),
    named(say('lineage.steps'), number(say('lineage.from-to', {from: amount(firstStep), to: amount(step)}))),
    named(say('lineage.read'), cell(...mayRead.map(span))),
    cell(...(studies === 0 ? [] : [
      element('span', {class: 'state withdrawn'}, count(studies, 'model.withdrawn')),
      element('span', {class: 'interval'}, say('lineage.first', {step: amount(first)}))])));
}

/* The end is exclusive; people read ranges as inclusive. */
function span({topic, partition, begin, end}) {
  const values = {topic, partition: amount(partition), begin: begin === undefined ? '' : amount(begin), end: amount(end - 1)};
  const words = end <= (begin ?? 0) ? 'lineage.nothing' : begin === undefined ? 'lineage.up-to' : 'lineage.range';
  return element('div', {}, say(words, values));
}

onLanguage(draw);
$('lineage-close').addEventListener('click', () => $('lineage').close());
$('lineage').addEventListener('close', () => {
  request?.abort();
  // The row was made anew meanwhile, perhaps, so that its button is looked for by name.
  if (!focusOn(opener)) $('models-table').focus();
});
