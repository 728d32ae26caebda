/* What people decide about checkpoints: buttons, a dialog that asks for the reason, and the list. */

import {ask} from '/assets/access.js';
import {$, element, english, focusOn, inTheirWords, moment, named, percent, replace} from '/assets/elements.js';
import {onLanguage, say, sayOr, tell} from '/assets/language.js';
import {SILENT, problem, statusOf} from '/assets/problem.js';
import {whyButton} from '/assets/why.js';

const OF_NO_CHECKPOINT = ['rollback', 'unpin'];

let asked = null;   // {verdict, id}
let opener = null;
let sending = new AbortController();

/** The buttons of a row: only what would change something. */
export function buttons(model, answer) {
  const live = model.id === answer.live;
  const verdicts = live
    ? [answer.decided.previous ? 'rollback' : null, answer.pinned ? 'unpin' : 'pin']
    : ['promote', 'pin', ...['canary', 'shadow'].filter(role => role !== model.role),
       ...(model.byHand === 'held' ? [] : ['hold']), ...(model.byHand === 'refused' ? [] : ['refuse'])];
  return verdicts.filter(verdict => verdict !== null).map(verdict => {
    const name = say(`do.${verdict}`);
    const label = say('decide.name', {verdict: name, checkpoint: model.id});
    const made = element('button',
      {type: 'button', class: 'quiet small', 'aria-label': label, 'data-key': `${verdict} ${model.id}`},
      name);
    made.addEventListener('click', () => confirm(verdict, model.id, made));
    return made;
  });
}

function confirm(verdict, id, button) {
  asked = {verdict, id};
  opener = button.dataset.key;
  tell($('decide-title'), 'decide.title', {verdict: () => say(`do.${verdict}`), checkpoint: id});
  tell($('decide-text'), `do.${verdict}.means`);
  tell($('decide-go'), `do.${verdict}`);
  $('decide-share-label').hidden = verdict !== 'canary';
  $('decide-reason').value = '';
  $('decide-share').value = '10';
  problem($('decide-problem'), null);
  busy(false);
  $('decide').showModal();
  $('decide-reason').focus();
}

async function decide() {
  const {verdict, id} = asked;
  const body = {};
  const reason = $('decide-reason').value.trim();
  if (reason !== '') body.reason = reason;
  if (verdict === 'canary') body.share = Number($('decide-share').value) / 100;
  // Another one may have become live while the dialog was open; that one is not to be taken back.
  if (verdict === 'rollback') body.checkpoint = id;
  const path = OF_NO_CHECKPOINT.includes(verdict) ? verdict : `${encodeURIComponent(id)}/${verdict}`;
  problem($('decide-problem'), null);
  busy(true);
  sending = new AbortController();
  try {
    const response = await ask(`/v1/models/${path}`, {
      method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body),
      signal: sending.signal});
    const answer = await response.json();
    if (response.ok) {
      $('decide').close();
      tellOutcome(verdict, id, answer);
    } else {
      problem($('decide-problem'), statusOf(answer, response.status));
    }
  } catch (failure) {
    if (failure.name !== 'AbortError') problem($('decide-problem'), SILENT);
  } finally {
    busy(false);
  }
}

function tellOutcome(verdict, id, {outcome, live}) {
  if (outcome === 'loading') {
    tell($('decided'), 'decide.loading', {checkpoint: id});
  } else {
    const done = live === undefined || live === null ? 'decide.done.none' : 'decide.done';
    tell($('decided'), done, {verdict: () => say(`do.${verdict}`), checkpoint: live});
  }
}

function busy(now) {
  $('decide-go').disabled = now;
  $('decide-form').setAttribute('aria-busy', now);
}

$('decide-form').addEventListener('submit', event => {
  event.preventDefault();
  if (!$('decide-go').disabled) decide();
});
$('decide-cancel').addEventListener('click', () => $('decide').close());
$('decide').addEventListener('close', () => {
  // What waits for a key must not be done later, when somebody signs in for something else.
  sending.abort();
  // The row was made anew meanwhile, perhaps, so that its button is looked for by name.
  // Where it is gone, as what is live cannot be promoted, the keyboard stays near.
  if (!focusOn(opener)) $('models-table').focus();
});

/* ---- The list ---- */

export async function showDecisions() {
  if (!$('decisions-list').open) return;
  try {
    const response = await ask('/v1/models/decisions?limit=50');
    if (!response.ok) return;
    const {decisions} = await response.json();
    $('no-decisions').hidden = decisions.length > 0;
    $('decisions-table').hidden = decisions.length === 0;
    replace($('decisions'), decisions.map(line));
  } catch {
    // The next change brings them.
  }
}

$('decisions-list').addEventListener('toggle', showDecisions);

function line(decision) {
  const {checkpoint, effect, objection} = decision;
  const verdict = sayOr(`verdict.${decision.verdict}`, decision.verdict);
  const share = decision.share === undefined ? '' : ` ${percent(decision.share)}`;
  return element('tr', {class: effect ? '' : 'idle'},
    element('td', {}, moment(decision.time)),
    element('td', {}, `${verdict}${share}`),
    element('td', {}, checkpoint ?? ''),
    named(say('decisions.by'), element('td', {},
      decision.author === 'policy' ? say('decisions.policy', {name: decision.by}) : decision.by)),
    element('td', {class: 'why'}, inTheirWords(decision),
      ...(effect ? [] : [' ', say('decisions.no-effect'), ' ', english(objection)]),
      ...whyButton(`decision ${decision.id}`, checkpoint, decision)));
}

onLanguage(showDecisions);
