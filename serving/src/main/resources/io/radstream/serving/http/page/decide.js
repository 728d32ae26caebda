/* What people decide about checkpoints: buttons, a dialog that asks for the reason, and the list. */

import {ask} from '/assets/access.js';
import {$, element, focusOn, moment, percent, replace} from '/assets/elements.js';
import {whyButton} from '/assets/why.js';

const VERDICTS = {
  promote: ['Promote', 'It answers from now on. Other trials end.'],
  pin: ['Pin', 'It answers from now on, and no policy changes that until it is unpinned.'],
  canary: ['Canary', 'It answers for a share of the studies, always for the same ones.'],
  shadow: ['Shadow', 'It scores what others answer; its scores are compared and not returned.'],
  hold: ['Hold', 'It stays loaded and waits. No policy promotes it.'],
  refuse: ['Refuse', 'No policy promotes it any more; you still can.'],
  rollback: ['Roll back', 'The checkpoint before it answers again. No policy brings this one back.'],
  unpin: ['Unpin', 'Policies decide again, and judge what came meanwhile.'],
};
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
    const [name] = VERDICTS[verdict];
    const made = element('button',
      {type: 'button', class: 'quiet small', 'aria-label': `${name} ${model.id}`, 'data-key': `${verdict} ${model.id}`},
      name);
    made.addEventListener('click', () => confirm(verdict, model.id, made));
    return made;
  });
}

function confirm(verdict, id, button) {
  asked = {verdict, id};
  opener = button.dataset.key;
  const [name, explained] = VERDICTS[verdict];
  $('decide-title').textContent = `${name}: ${id}`;
  $('decide-text').textContent = explained;
  $('decide-go').textContent = name;
  $('decide-share-label').hidden = verdict !== 'canary';
  $('decide-reason').value = '';
  $('decide-share').value = '10';
  problem('');
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
  problem('');
  busy(true);
  sending = new AbortController();
  try {
    const response = await ask(`/v1/models/${path}`, {
      method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body),
      signal: sending.signal});
    const answer = await response.json();
    if (response.ok) {
      $('decide').close();
      $('decided').textContent = answer.outcome === 'loading'
        ? `${id} is being loaded; it is done then.`
        : `${VERDICTS[verdict][0]}: done. ${answer.live ?? 'No checkpoint'} answers.`;
    } else {
      problem(answer.detail ?? `The service answers with status ${response.status}.`);
    }
  } catch (failure) {
    if (failure.name !== 'AbortError') problem('The service does not answer. Is it still running?');
  } finally {
    busy(false);
  }
}

function busy(now) {
  $('decide-go').disabled = now;
  $('decide-form').setAttribute('aria-busy', now);
}

function problem(text) {
  $('decide-problem').hidden = text === '';
  $('decide-problem').textContent = text;
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
  const share = decision.share === undefined ? '' : ` ${percent(decision.share)}`;
  const why = decision.effect ? decision.reason : `${decision.reason} — no effect: ${decision.objection}`;
  return element('tr', {class: decision.effect ? '' : 'idle'},
    element('td', {}, moment(decision.time)),
    element('td', {}, `${decision.verdict}${share}`),
    element('td', {}, decision.checkpoint ?? ''),
    element('td', {}, decision.author === 'policy' ? `policy: ${decision.by}` : decision.by),
    element('td', {class: 'why'}, why,
      ...whyButton(`decision ${decision.id}`, decision.checkpoint ?? 'no checkpoint', decision)));
}
