/*
 * Where a score comes from: asks for the map of a finding or of a sentence, of the checkpoint that
 * gave the score, and hands it to the viewer.
 */

import {ask} from '/assets/access.js';
import {$} from '/assets/elements.js';
import {say, tell} from '/assets/language.js';
import {SILENT, problem, statusOf} from '/assets/problem.js';
import {showMap} from '/assets/viewer.js';

let scored = null;      // {checkpoint, form} of the study on the screen
let question = null;    // {finding} or {prompt}, which is kept from one checkpoint to the next
let request = null;
let tellQuestion = () => {};
const answers = new Map();

/** Who is told of which finding the map is; null for none. */
export function onQuestion(listener) {
  tellQuestion = listener;
}

export function forgetExplanations() {
  request?.abort();
  scored = null;
  answers.clear();
  put(null);
}

/** A study was scored: what was asked last, or else its likeliest finding, is explained. */
export function explainScored({checkpoint, probabilities}, form) {
  scored = {checkpoint: checkpoint.id, form};
  answers.clear();
  const names = Object.keys(probabilities);
  const known = question !== null && (question.prompt !== undefined || names.includes(question.finding));
  const likeliest = names.reduce((a, b) => probabilities[b] > probabilities[a] ? b : a, names[0]);
  put(known ? question : {finding: likeliest});
}

export const explainFinding = finding => put({finding});

async function put(asked) {
  request?.abort();
  question = asked;
  tellQuestion(asked?.finding ?? null);
  problem($('explain-problem'), null);
  showMap(null);
  tell($('explained'), 'map.none');
  if (scored === null || asked === null) return;
  const name = () => asked.finding ?? say('quoted', {text: asked.prompt});
  tell($('explained'), 'map.busy', {name});
  const mine = request = new AbortController();
  try {
    show(await answer(asked, mine.signal), name);
  } catch (failure) {
    if (failure.name === 'AbortError') return;
    tell($('explained'), 'map.none');
    problem($('explain-problem'), failure.answer ?? SILENT);
  }
}

/** Asked once of a study. */
async function answer(asked, signal) {
  const query = new URLSearchParams({...asked, model: scored.checkpoint, overlay: false});
  const known = answers.get(`${query}`);
  if (known) return known;
  const response = await ask(`/v1/explain?${query}`, {method: 'POST', body: scored.form(), signal});
  const answered = await response.json();
  if (!response.ok) throw Object.assign(new Error(), {answer: statusOf(answered, response.status)});
  signal.throwIfAborted();
  answers.set(`${query}`, answered);
  return answered;
}

function show(explanation, name) {
  tell($('explained'), 'map.shown', {name});
  showMap({name, views: new Map(explanation.views.map(view => [view.view, view]))});
}

$('ask').addEventListener('submit', event => {
  event.preventDefault();
  const prompt = $('sentence').value.trim();
  if (prompt !== '') put({prompt});
});
