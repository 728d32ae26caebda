/* The probability of each finding; a click on one asks where its score comes from. */

import {$, clock, element, percent, replace} from '/assets/elements.js';
import {explainFinding, onQuestion} from '/assets/explain.js';
import {amount, onLanguage, say} from '/assets/language.js';

let shown = null;
let explained = null;   // the finding that the map is of

export function showScore(answer) {
  shown = answer;
  draw();
}

export function forgetScore() {
  shown = null;
  draw();
}

function draw() {
  const has = shown !== null;
  $('no-result').hidden = has;
  $('findings').hidden = $('findings-research').hidden = !has;
  const unfamiliar = has && shown.familiarity?.unfamiliar === true;
  $('unfamiliar').hidden = !unfamiliar;
  // Whatever the bars say of a hand or a CT, it means nothing.
  $('unfamiliar').textContent = unfamiliar ? say('findings.unfamiliar') : '';
  $('answered').textContent = has ? answered(shown) : '';
  replace($('findings'), has ? Object.entries(shown.probabilities).map(line) : []);
}

function line([name, probability]) {
  const fill = element('i');
  fill.style.width = `${probability * 100}%`;
  const weight = probability >= 0.5 ? 'likely' : '';
  const label = say('findings.explain', {name, percent: percent(probability)});
  const choose = element('button', {
      type: 'button', 'aria-label': label, 'aria-pressed': name === explained,
      'data-finding': name, 'data-key': `finding ${name}`},
    element('span', {class: `name ${weight}`}, name),
    element('span', {class: `number ${weight}`}, percent(probability)),
    element('span', {class: 'bar', 'aria-hidden': 'true'}, fill));
  choose.addEventListener('click', () => {
    explainFinding(name);
    // On a small screen the picture is further down.
    $('stage').scrollIntoView({block: 'nearest'});
  });
  return element('li', {}, choose);
}

onQuestion(finding => {
  explained = finding;
  $('findings').querySelectorAll('button[data-finding]').forEach(choose =>
    choose.setAttribute('aria-pressed', choose.dataset.finding === finding));
});
onLanguage(draw);

function answered({checkpoint, timing, views, scoredBy, calibration, probabilities}) {
  const used = [...new Set(views.used)].map(index => amount(index + 1)).join(', ');
  return [
    say('findings.answered', {
      checkpoint: checkpoint.id, time: clock(checkpoint.loadedAt),
      millis: amount(Math.round(timing.totalMillis)), views: used}),
    sources(scoredBy),
    calibrated(calibration, Object.keys(probabilities).length),
  ].join(' ');
}

function calibrated({applied, findings}, all) {
  if (!applied) return say('findings.raw');
  return findings.length === all ? say('findings.calibrated')
    : say('findings.part-calibrated', {names: findings.join(', ')});
}

/* A label head was taught its findings; prompts were not, and people should know. */
function sources(scoredBy) {
  const taught = Object.keys(scoredBy).filter(name => scoredBy[name] === 'labels');
  if (taught.length === 0) return say('findings.prompts');
  return taught.length === Object.keys(scoredBy).length ? say('findings.labels')
    : say('findings.mixed', {names: taught.join(', ')});
}
