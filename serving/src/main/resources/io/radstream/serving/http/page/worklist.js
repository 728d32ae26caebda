/*
 * The studies that arrived: asks for a page of the list, and again when the service tells that it
 * has changed, or now and then where it cannot tell. It is only looked at again while somebody can
 * see it, as each look is written down where there is an audit.
 */

import {ask} from '/assets/access.js';
import {$, element, percent} from '/assets/elements.js';
import {amount, count, onLanguage, say, tell} from '/assets/language.js';
import {focusStudies, forgetStudies, onChoose, showStudies} from '/assets/listed.js';
import {SILENT, problem, statusOf} from '/assets/problem.js';
import {onSaid, readsAs, showStudy} from '/assets/verdict.js';

const EVERY = 15_000;     // where nobody tells of changes
const PAUSE = 1_000;      // however fast studies arrive
const ON_A_PAGE = 20;
const LEAST = [0.25, 0.5, 0.75, 0.9];
const FORBIDDEN = 403;
const UNAVAILABLE = 503;

let before = [];        // cursors of the pages before this one; that of the first is ''
let after = '';         // cursor of this page
let next = '';          // of the next; '' where there is none
let total = null;
let request = null;
let again = false;      // something was said meanwhile
let useless = false;    // asking again would tell the same
let told = false;       // of changes
let due = null;
const known = new Set();

function query() {
  const asked = {
    order: $('work-order').value, finding: $('work-finding').value, least: $('work-least').value,
    unread: $('work-unread').checked ? 'true' : '', after, count: ON_A_PAGE};
  return Object.entries(asked).filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}

/** @param fresh whether something else is asked for than what is shown */
async function look(fresh = false) {
  if (fresh) {
    request?.abort();
  } else if (request !== null) {
    again = true;
    return;
  }
  again = false;
  const mine = request = new AbortController();
  try {
    const response = await ask(`/v1/worklist?${query()}`, {signal: mine.signal, signedOut: () => none('see.signed-out')});
    const answer = await response.json().catch(() => ({}));
    if (request !== mine) return;
    if (response.ok) show(answer, fresh);
    else refuse(answer, response);
  } catch (failure) {
    if (request === mine) problem($('work-problem'), SILENT);
  } finally {
    if (request === mine) {
      request = null;
      if (again) look();
    }
  }
}

function show(answer, fresh) {
  useless = false;
  problem($('work-problem'), null);
  next = answer.next ?? '';
  total = answer.total;
  answer.studies.forEach(({probabilities = {}}) => Object.keys(probabilities).forEach(name => known.add(name)));
  $('work-ask').hidden = false;
  offerFindings();
  readsAs(answer.reader);
  showStudies(answer.studies, fresh);
  const empty = $('work-studies').childNodes.length === 0;
  tell($('work-state'), empty ? 'work.none' : null);
  // Who is beyond the last page can go back.
  $('work-list').hidden = empty && before.length === 0;
  describe();
}

function refuse(answer, response) {
  useless = response.status === FORBIDDEN;
  if (useless) {
    none('work.forbidden');
  } else if (response.status === UNAVAILABLE && answer.code === 'no_worklist') {
    // Where it comes later the service says when.
    useless = answer.retryAfterSeconds === undefined;
    none(useless ? 'work.absent' : 'work.reading');
  } else {
    problem($('work-problem'), statusOf(answer, response.status));
  }
}

/* Nothing of a list stays for who may not see it. */
function none(why) {
  [before, after, next, total] = [[], '', '', null];
  forgetStudies();
  problem($('work-problem'), null);
  $('work-ask').hidden = $('work-list').hidden = true;
  tell($('work-state'), why);
  describe();
}

function offerFindings() {
  const select = $('work-finding');
  const offered = [...known].sort();
  if ([...select.options].slice(1).map(option => option.value).join('\n') === offered.join('\n')) return;
  const chosen = select.value;
  select.replaceChildren(
    element('option', {value: '', 'data-text': 'work.finding.any'}, say('work.finding.any')),
    ...offered.map(name => element('option', {value: name}, name)));
  select.value = chosen;
}

function describe() {
  $('work-total').textContent = total === null ? '' : count(total, 'work.total');
  $('work-page').textContent = say('work.page', {page: amount(before.length + 1)});
  const held = document.activeElement;
  $('work-before').disabled = before.length === 0;
  $('work-next').disabled = next === '';
  if (held.disabled && held.closest('#work-list')) focusStudies();
}

function drawLeast() {
  const chosen = $('work-least').value;
  $('work-least').replaceChildren(
    element('option', {value: ''}, say('work.least.any')),
    ...LEAST.map(least => element('option', {value: least}, say('work.least.from', {percent: percent(least)}))));
  $('work-least').value = chosen;
}

function turn(pagesBefore, cursor) {
  [before, after, next] = [pagesBefore, cursor, ''];
  look(true);
}

['work-order', 'work-finding', 'work-least', 'work-unread'].forEach(id =>
  $(id).addEventListener('change', () => turn([], '')));
$('work-next').addEventListener('click', () => {
  // Not twice while the page is being fetched.
  if (next !== '') turn([...before, after], next);
});
$('work-before').addEventListener('click', () => {
  if (before.length > 0) turn(before.slice(0, -1), before.at(-1));
});
$('work-ask').addEventListener('submit', event => event.preventDefault());
onChoose(showStudy);
onSaid(() => look());
onLanguage(() => {
  drawLeast();
  describe();
});
drawLeast();
look();

const isSeen = () => document.visibilityState === 'visible';

setInterval(() => {
  if (!told) lookIfSeen();
}, EVERY);
document.addEventListener('visibilitychange', lookIfSeen);

function lookIfSeen() {
  if (!useless && isSeen()) look();
}

/** After the service was away it may be another, with a list; it tells of changes from now on. */
export function listed() {
  told = true;
  look();
}

export function unlisted() {
  told = false;
}

/** The service tells so. */
export function listChanged() {
  due ??= setTimeout(() => {
    due = null;
    lookIfSeen();
  }, PAUSE);
}
