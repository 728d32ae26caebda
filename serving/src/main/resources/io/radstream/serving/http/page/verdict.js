/* The study of the worklist that is looked at: what was found, what readers said, and what one says. */

import {ask} from '/assets/access.js';
import {$, cell, element, english, moment, named, number, percent, replace, rowHead} from '/assets/elements.js';
import {onLanguage, say, tell} from '/assets/language.js';
import {dropStudy} from '/assets/listed.js';
import {SILENT, problem, statusOf} from '/assets/problem.js';

const REFUSALS = {403: 'work.mute', 404: 'work.gone', 409: 'work.rescored'};
const GONE = 404;

let study = null;
let current = null;             // the finding that keys speak of
let me = null;                  // the name under which one's own verdicts are written down
let told = () => {};
let line = Promise.resolve();   // one verdict after the other: of two on a finding the last counts
const waiting = new Set();      // for a key

/** Who is told that something was said, or could not be. */
export const onSaid = listener => { told = listener; };

export const readsAs = reader => { me = reader; };

export function showStudy(next) {
  const another = next?.studyId !== study?.studyId;
  if (JSON.stringify(next) === JSON.stringify(study)) return;
  study = next;
  if (another) {
    // What waits for a key must not be said later, when somebody else has signed in.
    waiting.forEach(controller => controller.abort());
    problem($('verdict-problem'), null);
    tell($('work-now'), null);
  }
  if (another || !names().includes(current)) current = study?.finding ?? names()[0] ?? null;
  draw();
}

/** The likeliest first. */
const names = () => {
  const all = study?.probabilities ?? {};
  return Object.keys(all).sort((a, b) => all[b] - all[a] || (a < b ? -1 : 1));
};

function draw() {
  $('work-study').hidden = study === null;
  if (study === null) return;
  const {studyId, scoredAt, checkpoint, refused, left} = study;
  const scored = refused === undefined;
  $('work-id').textContent = studyId;
  $('work-scored').textContent = scored ? say('work.scored', {time: moment(scoredAt), checkpoint})
    : say('work.tried', {time: moment(scoredAt)});
  tell($('work-left'), left ? 'work.left' : null);
  $('work-refused').hidden = scored;
  $('work-refused').replaceChildren(...(scored ? [] : [say('work.refused'), ' ', english(refused)]));
  $('work-table').hidden = !scored;
  replace($('work-findings'), names().map(row));
}

function row(finding) {
  const made = element('tr', {'data-finding': finding, class: finding === current ? 'current' : ''},
    rowHead(finding, ...marks(finding)),
    named(say('work.probability'), number(percent(study.probabilities[finding]))),
    cell(...said(study.verdicts[finding])),
    element('td', {class: 'verdicts'}, button(finding, true), ' ', button(finding, false), ...takeBackButton(finding)));
  made.addEventListener('focusin', () => mark(finding));
  return made;
}

function marks(finding) {
  const sign = name => element('span', {class: `sign ${name}`}, say(`sign.${name}`));
  const others = study.disagreements.filter(one => one.finding === finding);
  const there = [
    ...(study.uncertain.includes(finding) ? [sign('uncertain')] : []),
    ...(others.length === 0 ? [] : [sign('disagreement')]),
    ...others.map(({checkpoint, there: other}) =>
      element('span', {}, say('work.there', {checkpoint, percent: percent(other)})))];
  return there.length === 0 ? [] : [element('span', {class: 'signs'}, ...there)];
}

const word = present => say(present ? 'said.present' : 'said.absent');

/* What each reader says; the last is what counts. */
function said(verdict) {
  if (verdict === undefined) return [];
  const {present, agrees, others = []} = verdict;
  const line = one => say('work.by', {verdict: word(one.present), reader: one.reader, time: moment(one.at)});
  return [
    line(verdict),
    ...(agrees === undefined ? []
      : [element('span', {class: 'interval'}, say(agrees ? 'work.agrees' : 'work.differs'))]),
    ...others.map(other => element('span', {class: 'interval'}, line(other))),
    ...(others.every(other => other.present === present) ? []
      : [element('span', {class: 'sign readers'}, say('sign.readers'))])];
}

function mine(finding) {
  const last = study.verdicts[finding];
  return last === undefined ? undefined : [last, ...last.others ?? []].find(({reader}) => reader === me);
}

function takeBackButton(finding) {
  if (mine(finding) === undefined) return [];
  const made = element('button', {
      type: 'button', class: 'quiet small', 'data-key': `take back ${finding}`,
      'aria-label': say('work.take-back.of', {finding})},
    say('work.take-back'));
  made.addEventListener('click', () => speak(finding, null));
  return [' ', made];
}

function button(finding, present) {
  const made = element('button', {
      type: 'button', class: 'quiet small', 'data-key': `said ${present} ${finding}`,
      'aria-pressed': mine(finding)?.present === present,
      'aria-label': say('work.say', {finding, verdict: word(present)})},
    word(present));
  made.addEventListener('click', () => speak(finding, present));
  return made;
}

function mark(finding) {
  current = finding;
  const rows = [...$('work-findings').querySelectorAll('tr[data-finding]')];
  rows.forEach(one => one.classList[one.dataset.finding === finding ? 'add' : 'remove']('current'));
  return rows.find(one => one.dataset.finding === finding);
}

/* ---- Saying it ---- */

/** @param present null to take back what was said */
function speak(finding, present) {
  // Of the score that is looked at now, whatever comes while it is sent.
  const seen = study;
  line = line.then(() => send(seen, finding, present));
}

async function send({studyId, checkpoint}, finding, present) {
  const controller = new AbortController();
  problem($('verdict-problem'), null);
  try {
    const response = await ask('/v1/worklist/verdicts', {
      method: 'POST', headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({studyId, checkpoint, findings: [present === null ? {finding, takeBack: true} : {finding, present}]}),
      signal: controller.signal, signedOut: () => waiting.add(controller)});
    const answer = await response.json().catch(() => ({}));
    if (response.ok) recorded(studyId, finding, present, answer);
    else refuse(studyId, finding, statusOf(answer, response.status), response.status);
  } catch (failure) {
    refuse(studyId, finding, failure.name === 'AbortError' ? null : SILENT);
  } finally {
    waiting.delete(controller);
  }
  told();
}

function recorded(studyId, finding, present, {reader}) {
  if (studyId !== study?.studyId) return;
  if (present === null) tell($('work-now'), 'work.taken-back', {finding, reader});
  else tell($('work-now'), 'work.recorded', {finding, verdict: () => word(present), reader});
}

/** @param why null where it was called off */
function refuse(studyId, finding, why, status) {
  if (status === GONE) dropStudy(studyId);
  tell($('work-now'), 'work.unrecorded', {study: studyId, finding});
  const key = REFUSALS[status];
  problem($('verdict-problem'), key === undefined ? why : {key, values: {study: studyId}});
}

/* ---- Keys ---- */

const TURNS = {ArrowLeft: -1, ArrowRight: 1};
const VERDICTS = {p: true, a: false};

function turn(by) {
  const all = names();
  const finding = all[all.indexOf(current) + by];
  if (finding === undefined) return;
  mark(finding).scrollIntoView({block: 'nearest'});
  const probability = study.probabilities[finding];
  tell($('work-now'), 'work.now', {finding, percent: () => percent(probability)});
}

$('work-list').addEventListener('keydown', event => {
  if (current === null || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const present = VERDICTS[event.key.toLowerCase()];
  const by = event.target.closest('#work-studies') ? TURNS[event.key] : undefined;
  if (present === undefined && by === undefined) return;
  event.preventDefault();
  if (by === undefined) speak(current, present);
  else turn(by);
});
onLanguage(draw);
