/* How the run goes: its figures, its curves, and alarms of drift. */

import {RATE, TrainingChart} from '/assets/chart.js';
import {$, element, fixed, number, percent, row, rowHead, cell, short, words} from '/assets/elements.js';
import {amount, onLanguage, say, sayOr, tell} from '/assets/language.js';

const chart = new TrainingChart($('chart'));
let alarms = [];

/** Another run, or the same from its beginning. */
export function showRun(curve) {
  $('chart').hidden = curve.points.length === 0;
  chart.replace(curve.points);
  showTraining();
  showAlarms(curve.alarms);
}

export function addPoints(points) {
  $('chart').hidden = false;
  chart.add(points);
  showTraining();
}

function showTraining() {
  $('no-training').hidden = !chart.isEmpty;
  $('chart').hidden = $('figures').hidden = chart.isEmpty;
  if (chart.isEmpty) return;
  offerCurves();
  const {step, values} = chart.latest();
  const figures = [
    ['step', amount(step)],
    ['training.training-loss', fixed(values.loss, 3)],
    ['training.validation-loss', fixed(values.validation_loss, 3)],
    ['training.top1', percent(values.retrieval_top1)],
    ['training.chance', percent(values.retrieval_chance)],
    ['training.rate', fixed(values[RATE], 1)],
    // Only a run that follows what arrives can be behind.
    ...(values.lag === undefined ? [] : [['training.lag', amount(values.lag)]]),
  ];
  $('figures').replaceChildren(...figures.map(([name, value]) =>
    element('div', {}, element('dt', {}, say(name)), element('dd', {}, value))));
}

/** The sum, and each objective, where there are several; and the throughput, where it is known. */
function offerCurves() {
  const select = $('loss');
  const offered = [
    ...(chart.objectives.length < 2 ? [] : chart.objectives),
    ...(chart.hasRate ? [RATE] : [])];
  $('loss-choice').hidden = offered.length === 0;
  if ([...select.options].slice(1).map(option => option.value).join() === offered.join()) return;
  const chosen = select.value;
  fill(select, offered);
  select.value = offered.includes(chosen) ? chosen : '';
  if (select.value !== chosen) chart.show('');
}

function fill(select, offered) {
  const name = curve => curve === RATE ? say('training.rate')
    : say('training.loss.one', {name: sayOr(`task.${curve}`, words(curve))});
  select.replaceChildren(
    element('option', {value: ''}, say('training.loss.all')),
    ...offered.map(curve => element('option', {value: curve}, name(curve))));
}

export function showAlarms(told) {
  alarms = told;
  const statistic = alarm => sayOr(`statistic.${alarm.statistic}`, words(alarm.statistic));
  $('alarms-table').hidden = alarms.length === 0;
  $('alarms').replaceChildren(...alarms.map(alarm => row(
    rowHead(statistic(alarm)),
    cell(alarm.source),
    number(short(alarm.value)),
    number(short(alarm.reference)),
    number(amount(alarm.step)))));
  // The sentence is what a screen reader says, so it tells the newest alarm only, and once.
  const [newest] = alarms;
  tell($('drift'), newest === undefined ? null : 'drift.alarm', newest === undefined ? {} : {
    statistic: () => statistic(newest),
    source: newest.source,
    value: () => short(newest.value),
    reference: () => short(newest.reference),
    step: () => amount(newest.step),
  });
}

onLanguage(() => {
  const select = $('loss');
  const chosen = select.value;
  fill(select, [...select.options].slice(1).map(option => option.value));
  select.value = chosen;
  showTraining();
  showAlarms(alarms);
});

$('loss').addEventListener('change', event => chart.show(event.target.value));
