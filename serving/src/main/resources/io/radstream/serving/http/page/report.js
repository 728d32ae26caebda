/*
 * The report of the study on the screen, as a network writes it: piece by piece, until it is whole or
 * called off. It is asked for on request only, as writing takes much of the service's time.
 */

import {ask} from '/assets/access.js';
import {$, fixed} from '/assets/elements.js';
import {amount, onLanguage, say, tell} from '/assets/language.js';
import {SILENT, problem, statusOf} from '/assets/problem.js';
import {eventsOf} from '/assets/stream.js';

let study = null;     // {checkpoint, form} of the study on the screen
let request = null;   // the one in flight
let written = null;   // {report, seed}: what the service said of a whole one, and how it was drawn

/** Another study, or none: what is being written for the one before is of no use. */
export function forgetReport() {
  request?.abort();
  request = null;
  study = null;
  clear('report.none');
}

/** A study that was scored; by the same checkpoint its report is written. */
export function offerReport({checkpoint}, form) {
  study = {checkpoint: checkpoint.id, form};
  buttons();
}

function clear(state) {
  written = null;
  $('report-text').textContent = '';
  problem($('report-problem'), null);
  tell($('report-state'), state);
  buttons();
  draw();
}

/* The keyboard goes from a button that leaves to the one that takes its place. */
function buttons() {
  const [go, stop] = [$('report-go'), $('report-stop')];
  const held = document.activeElement;
  go.disabled = study === null;
  go.hidden = request !== null;
  stop.hidden = request === null;
  if (held === go && go.hidden) stop.focus();
  if (held === stop && stop.hidden) go.focus();
}

const isDrawn = () => $('report-manner').value === 'drawn';

function query() {
  const drawn = isDrawn()
    ? {seed: $('report-seed').value, temperature: $('report-temperature').value} : {};
  return new URLSearchParams({model: study.checkpoint, ...drawn});
}

/* What is wrong in a form cannot be said of one that is folded. */
function isAnswerable() {
  const valid = $('report-how').checkValidity();
  if (!valid) {
    $('report-details').open = true;
    $('report-how').reportValidity();
  }
  return valid;
}

async function write() {
  if (study === null || request !== null || !isAnswerable()) return;
  const mine = request = new AbortController();
  const seed = isDrawn() ? $('report-seed').value : null;
  clear('report.waiting');
  $('report-text').setAttribute('aria-busy', 'true');
  try {
    const response = await ask(`/v1/report?${query()}`, {
      method: 'POST', headers: {Accept: 'text/event-stream'}, body: study.form(), signal: mine.signal});
    if (response.ok) await hear(response.body, mine, seed);
    else fail(statusOf(await response.json().catch(() => ({})), response.status));
  } catch (failure) {
    if (request === mine) fail(SILENT);
  } finally {
    if (request === mine) end();
  }
}

async function hear(body, mine, seed) {
  for await (const {name, data} of eventsOf(body)) {
    // Of what was called off, a few pieces may have come along.
    if (request !== mine) return;
    const told = JSON.parse(data);
    if (name === 'piece') piece(told.text);
    if (name === 'report') whole(told, seed);
    if (name === 'error') fail(told);
    if (name !== 'piece') return;
  }
  if (request === mine) fail(SILENT);
}

function piece(text) {
  $('report-text').append(text);
  tell($('report-state'), 'report.writing');
  draw();
}

function whole(report, seed) {
  written = {report, seed};
  $('report-text').textContent = report.report;
  tell($('report-state'), report.report === '' ? 'report.empty' : 'report.done');
  draw();
}

/* What is there already stays, and is said to be a part only. */
function fail(why) {
  tell($('report-state'), hasText() ? 'report.part' : null);
  problem($('report-problem'), why);
}

function stop() {
  request?.abort();
  end();
  tell($('report-state'), hasText() ? 'report.stopped' : 'report.none');
}

function end() {
  request = null;
  $('report-text').setAttribute('aria-busy', 'false');
  buttons();
}

const hasText = () => $('report-text').textContent !== '';

function draw() {
  $('report-text').hidden = $('report-notice').hidden = !hasText();
  $('report-by').textContent = written === null ? '' : by(written);
}

function by({report, seed}) {
  return [
    say('report.by', {
      checkpoint: report.checkpoint.id, tokens: amount(report.tokens), seconds: fixed(report.seconds, 1)}),
    say(`ended.${report.end}`),
    ...(seed === null ? [] : [say('report.seed', {seed})]),
  ].join(' ');
}

function manner() {
  $('report-drawn').hidden = !isDrawn();
  // What is out of sight must not be found wrong.
  ['report-seed', 'report-temperature'].forEach(id => { $(id).disabled = !isDrawn(); });
}

$('report-go').addEventListener('click', write);
$('report-stop').addEventListener('click', stop);
$('report-manner').addEventListener('change', manner);
$('report-how').addEventListener('submit', event => {
  event.preventDefault();
  write();
});
addEventListener('pagehide', () => {
  if (request !== null) stop();
});
manner();
onLanguage(draw);
