/* The views of a study, and the request that scores them. */

import {ask} from '/assets/access.js';
import {$, element} from '/assets/elements.js';
import {explainScored, forgetExplanations} from '/assets/explain.js';
import {forgetScore, showScore} from '/assets/findings.js';
import {onLanguage, say} from '/assets/language.js';
import {forgetNear, offerNear} from '/assets/neighbours.js';
import {kindOf} from '/assets/picture.js';
import {SILENT, problem, statusOf} from '/assets/problem.js';
import {forgetReport, offerReport} from '/assets/report.js';
import {onSelect, showViews, shownView} from '/assets/viewer.js';

const MOST_VIEWS = 16;

let views = [];           // {file, url}
let request = null;       // the one in flight

async function add(files) {
  const kinds = await Promise.all([...files].map(kindOf));
  const images = [...files].filter((file, index) => kinds[index] !== 'dicom');
  const room = MOST_VIEWS - views.length;
  const added = images.slice(0, room);
  added.forEach(file => views.push({file, url: URL.createObjectURL(file)}));
  if (added.length > 0) changed();
  if (images.length > room) {
    problem($('error'), {key: 'study.too-many', values: {most: MOST_VIEWS}});
  } else if (images.length < files.length) {
    problem($('error'), {key: 'study.dicom'});
  }
}

function remove(...gone) {
  views = views.filter(view => !gone.includes(view));
  gone.forEach(view => URL.revokeObjectURL(view.url));
  changed();
}

function changed() {
  forgetExplanations();
  forgetNear();
  forgetReport();
  showViews(views);
  list();
  score();
}

/** The choice among the views; what the viewer shows is pressed. */
function list() {
  $('clear').hidden = views.length === 0;
  $('drop').classList[views.length === 0 ? 'remove' : 'add']('small');
  $('views').replaceChildren(...views.map(tile));
}

function tile(view, index) {
  const number = {index: index + 1};
  const picture = element('img', {src: view.url, alt: ''});
  const choose = element('button',
    {type: 'button', class: 'choose', 'aria-label': say('views.show', number), 'aria-pressed': index === shownView()},
    picture, element('span', {class: 'name'}, say('views.one', number)));
  picture.addEventListener('error', () =>
    picture.replaceWith(element('span', {class: 'blind'}, say('views.blind'))));
  choose.addEventListener('click', () => showViews(views, index));
  const close = element('button', {type: 'button', class: 'close', 'aria-label': say('views.remove', number)}, '×');
  close.addEventListener('click', () => {
    remove(view);
    // The keyboard does not fall to the top of the page with the button that is gone.
    ($('views').querySelectorAll('button[aria-pressed]')[0] ?? $('files')).focus();
  });
  return element('li', {}, choose, close);
}

onSelect(index => $('views').querySelectorAll('button[aria-pressed]').forEach((choose, at) =>
  choose.setAttribute('aria-pressed', at === index)));
onLanguage(list);

/** As the service takes them. */
const form = () => {
  const body = new FormData();
  views.forEach((view, index) => body.append('view', view.file, `view-${index + 1}`));
  return body;
};

async function score() {
  request?.abort();
  problem($('error'), null);
  if (views.length === 0) {
    forgetScore();
    return;
  }
  const mine = request = new AbortController();
  $('result').classList.add('busy');
  try {
    const response = await ask('/v1/score', {method: 'POST', body: form(), signal: mine.signal});
    const answer = await response.json();
    if (response.ok) {
      showScore(answer);
      offerNear(form);
      offerReport(answer, form);
      explainScored(answer, form);
    } else {
      unscored(statusOf(answer, response.status));
    }
  } catch (failure) {
    if (failure.name !== 'AbortError') unscored(SILENT);
  } finally {
    if (request === mine) $('result').classList.remove('busy');
  }
}

/* Findings of other views than those on the screen would mislead. */
function unscored(why) {
  forgetScore();
  forgetExplanations();
  problem($('error'), why);
}

/** By a checkpoint that answers from now on. */
export function rescore() {
  if (views.length > 0) score();
}

const drop = $('drop');
$('files').addEventListener('change', event => {
  const files = [...event.target.files];
  event.target.value = '';
  add(files);
});
$('clear').addEventListener('click', () => {
  remove(...views);
  $('files').focus();
});
// The whole page takes a drop, so that a near miss does not open the image in the browser.
addEventListener('dragover', event => {
  event.preventDefault();
  drop.classList.add('over');
});
addEventListener('dragleave', event => {
  if (event.relatedTarget === null) drop.classList.remove('over');
});
addEventListener('drop', event => {
  event.preventDefault();
  drop.classList.remove('over');
  const files = [...event.dataTransfer.files];
  if (files.length > 0) add(files);
});
