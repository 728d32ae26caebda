/*
 * Studies of the service's index that are near to the one on the screen. Looked for on request only:
 * the texts of reports are other patients'.
 */

import {ask} from '/assets/access.js';
import {$, element, fixed, number, row, rowHead} from '/assets/elements.js';
import {count, onLanguage, say, tell} from '/assets/language.js';
import {SILENT, problem, statusOf} from '/assets/problem.js';

const COUNT = 5;
const FORBIDDEN = 403;

let form = null;        // makes the body of the study on the screen
let found = null;
let request = null;

export function forgetNear() {
  request?.abort();
  form = null;
  found = null;
  state('near.none');
  $('near-go').disabled = true;
  draw();
}

/** A study that can be looked for. */
export function offerNear(body) {
  form = body;
  $('near-go').disabled = false;
}

function state(key) {
  tell($('near-state'), key);
  problem($('near-problem'), null);
}

async function look() {
  request?.abort();
  const mine = request = new AbortController();
  state('near.busy');
  try {
    const wanted = $('near-reports').checked;
    const first = await search(wanted, mine.signal);
    const refused = wanted && first.status === FORBIDDEN;
    const response = refused ? await search(false, mine.signal) : first;
    const answer = await response.json();
    if (response.ok) show(answer, refused);
    else fail(statusOf(answer, response.status));
  } catch (failure) {
    if (failure.name !== 'AbortError') fail(SILENT);
  }
}

const search = (reports, signal) =>
  ask(`/v1/search?count=${COUNT}&reports=${reports}`, {method: 'POST', body: form(), signal});

function show(answer, refused) {
  found = answer;
  state(refused ? 'near.refused' : null);
  draw();
}

function fail(why) {
  found = null;
  state(null);
  problem($('near-problem'), why);
  draw();
}

function draw() {
  $('near-found').hidden = found === null;
  if (found === null) {
    $('near-found').replaceChildren();
    return;
  }
  const {studies, reports, index} = found;
  $('near-found').replaceChildren(
    ...list('near.studies', studies), ...list('near.by-reports', reports),
    element('p', {class: 'fine'}, studies.length + reports.length === 0 ? say('near.empty')
      : count(index.studies, 'near.by', {checkpoint: index.checkpoint.id})));
}

function list(key, near) {
  if (near.length === 0) return [];
  const texts = near.some(({report}) => report !== undefined);
  const head = [say('study'), say('near.similarity'), ...(texts ? [say('near.report')] : [])];
  return [element('section', {},
    element('h3', {}, say(key)),
    element('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': say(key)},
      element('table', {'aria-label': say(key)},
        element('thead', {}, row(...head.map((name, at) =>
          element('th', {scope: 'col', class: at === 1 ? 'number' : ''}, name)))),
        element('tbody', {class: 'lines'}, ...near.map(({studyId, similarity, report}) => row(
          rowHead(studyId),
          number(fixed(similarity, 3)),
          ...(texts ? [element('td', {class: 'report'}, report ?? '–')] : [])))))))];
}

$('near-go').addEventListener('click', look);
onLanguage(draw);
