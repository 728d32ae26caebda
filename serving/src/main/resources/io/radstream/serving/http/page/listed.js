/*
 * The studies of a page of the worklist as rows, and which of them is looked at. What comes in moves
 * neither that one nor what is in sight.
 */

import {$, element, moment, percent, replace} from '/assets/elements.js';
import {onLanguage, say} from '/assets/language.js';

let studies = [];
let chosen = null;      // the id of the one that is looked at
let told = () => {};

/** Who is told which study is looked at, and when something of it changes; null for none. */
export const onChoose = listener => { told = listener; };

/** @param fresh whether they answer another question than those before */
export function showStudies(listed, fresh) {
  const at = fresh ? -1 : studies.findIndex(isChosen);
  const kept = studies[at];
  studies = [...listed];
  // What somebody is busy with is not taken from under their hands, as by a verdict where only
  // unread studies are listed.
  if (kept !== undefined && !studies.some(isChosen)) studies.splice(at, 0, {...kept, left: true});
  settle();
}

/** One that is on the list no more. */
export function dropStudy(id) {
  studies = studies.filter(({studyId}) => studyId !== id);
  settle();
}

export function forgetStudies() {
  showStudies([], true);
}

export const focusStudies = () => rows().find(row => row.dataset.study === chosen)?.focus();

const isChosen = ({studyId}) => studyId === chosen;
const rows = () => [...$('work-studies').querySelectorAll('button[data-study]')];

function settle() {
  if (!studies.some(isChosen)) chosen = studies[0]?.studyId ?? null;
  draw();
  told(studies.find(isChosen) ?? null);
}

function choose(id) {
  chosen = id;
  studies = studies.filter(study => !study.left || isChosen(study));
  settle();
}

/* The row that is looked at stays where it is seen, or else the first of those that are seen. */
function draw() {
  const list = $('work-studies');
  const top = list.scrollTop;
  const seen = rows().filter(row =>
    row.offsetTop + row.offsetHeight > top && row.offsetTop < top + list.clientHeight);
  const anchor = seen.find(row => row.dataset.study === chosen) ?? seen[0];
  const [id, place] = [anchor?.dataset.study, anchor?.offsetTop];
  replace(list, studies.map(line));
  const now = rows().find(row => row.dataset.study === id);
  if (now !== undefined) list.scrollTop = top + now.offsetTop - place;
}

function line(study) {
  const {studyId, finding, probability, scoredAt, refused} = study;
  const one = studyId === chosen;
  const row = element('button', {
      type: 'button', 'data-study': studyId, 'data-key': `study ${studyId}`,
      // One stop for the tabulator; arrows go from row to row.
      'aria-current': one, tabindex: one ? 0 : -1},
    element('span', {class: 'for'}, finding ?? say('sign.refused')),
    element('span', {class: 'number'}, refused === undefined ? percent(probability) : ''),
    element('span', {class: 'id'}, studyId),
    element('time', {class: 'fine', datetime: scoredAt}, moment(scoredAt)),
    ...signs(study));
  row.addEventListener('click', () => choose(studyId));
  return element('li', {}, row);
}

function signs({uncertain, disagreements, refused, verdicts}) {
  const there = [
    ['uncertain', uncertain.length > 0],
    ['disagreement', disagreements.length > 0],
    ['read', Object.keys(verdicts).length > 0],
    ['readers', Object.values(verdicts).some(disagree)],
  ].filter(([, is]) => is && refused === undefined);
  return there.length === 0 ? [] : [element('span', {class: 'signs'},
    ...there.map(([name]) => element('span', {class: `sign ${name}`}, say(`sign.${name}`))))];
}

const disagree = ({present, others = []}) => others.some(other => other.present !== present);

const STEPS = {ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity};

$('work-studies').addEventListener('keydown', event => {
  const step = STEPS[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const at = studies.findIndex(isChosen);
  const {studyId} = studies[Math.max(0, Math.min(studies.length - 1, at + step))];
  choose(studyId);
  focusStudies();
});
onLanguage(draw);
