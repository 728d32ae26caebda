import {Events, ask} from '/assets/access.js';
import {LossChart} from '/assets/chart.js';
import {compare} from '/assets/compare.js';
import {$, clock, element, fixed, percent, short, words} from '/assets/elements.js';
import {showModels} from '/assets/models.js';

const MOST_VIEWS = 16;
const chart = new LossChart($('chart'));

let views = [];           // {file, url}
let request = null;       // the one in flight
let liveId = null;

/* ---- Study ---- */

function add(files) {
  const images = [...files];
  const room = MOST_VIEWS - views.length;
  images.slice(0, room).forEach(file => views.push({file, url: URL.createObjectURL(file)}));
  showViews();
  score();
  if (images.length > room) {
    showError(`A study may have at most ${MOST_VIEWS} views here; the rest was left out.`);
  }
}

function remove(view) {
  views = views.filter(other => other !== view);
  URL.revokeObjectURL(view.url);
  showViews();
  score();
}

function showViews() {
  $('clear').hidden = views.length === 0;
  $('views').replaceChildren(...views.map((view, index) => {
    const close = element('button', {type: 'button', 'aria-label': `Remove view ${index + 1}`}, '×');
    close.addEventListener('click', () => remove(view));
    return element('li', {},
      element('img', {src: view.url, alt: `View ${index + 1}`}),
      element('span', {class: 'name'}, `view ${index + 1}`), close);
  }));
}

async function score() {
  request?.abort();
  showError(null);
  if (views.length === 0) {
    forgetScore();
    return;
  }
  const mine = request = new AbortController();
  $('result').classList.add('busy');
  try {
    const body = new FormData();
    views.forEach((view, index) => body.append('view', view.file, `view-${index + 1}`));
    const response = await ask('/v1/score', {method: 'POST', body, signal: mine.signal});
    const answer = await response.json();
    if (response.ok) {
      showScore(answer);
    } else {
      forgetScore();
      showError(answer.detail);
    }
  } catch (failure) {
    if (failure.name !== 'AbortError') {
      forgetScore();
      showError('The service does not answer. Is it still running?');
    }
  } finally {
    if (request === mine) $('result').classList.remove('busy');
  }
}

function showScore(answer) {
  const rows = Object.entries(answer.probabilities).map(([name, probability]) => {
    const fill = element('i');
    fill.style.width = `${probability * 100}%`;
    const weight = probability >= 0.5 ? 'likely' : '';
    return element('li', {},
      element('span', {class: `name ${weight}`}, name),
      element('span', {class: `number ${weight}`}, percent(probability)),
      element('span', {class: 'bar', 'aria-hidden': 'true'}, fill));
  });
  $('no-result').hidden = true;
  $('findings').hidden = false;
  $('findings').replaceChildren(...rows);
  showFamiliarity(answer.familiarity);
  const {checkpoint, timing, views: seen} = answer;
  const used = [...new Set(seen.used)].map(index => index + 1).join(', ');
  $('answered').textContent =
    `Answered by ${checkpoint.id}, loaded at ${clock(checkpoint.loadedAt)}, `
    + `in ${Math.round(timing.totalMillis)} ms, from view ${used}. ${sources(answer.scoredBy)} `
    + calibrated(answer.calibration, rows.length);
}

/* Whatever the bars say of a hand or a CT, it means nothing. */
function showFamiliarity(familiarity) {
  const unfamiliar = familiarity?.unfamiliar === true;
  $('unfamiliar').hidden = !unfamiliar;
  $('unfamiliar').textContent = unfamiliar
    ? 'This study is unlike those that the network has learned from. Do not rely on its findings.' : '';
}

function calibrated({applied, findings}, all) {
  if (!applied) return 'Not calibrated: the numbers are the network’s own.';
  return findings.length === all ? 'Calibrated on labelled studies.'
    : `Calibrated on labelled studies: ${findings.join(', ')}; the other numbers are the network’s own.`;
}

/* A label head was taught its findings; prompts were not, and people should know. */
function sources(scoredBy) {
  const taught = Object.keys(scoredBy).filter(name => scoredBy[name] === 'labels');
  if (taught.length === 0) return 'Scored from prompts.';
  if (taught.length === Object.keys(scoredBy).length) return 'Scored by its label head.';
  return `Scored by its label head: ${taught.join(', ')}; the others from prompts.`;
}

/* Findings of other views than those on the screen would mislead. */
function forgetScore() {
  $('findings').hidden = true;
  $('no-result').hidden = false;
  showFamiliarity();
  $('answered').textContent = '';
}

function showError(text) {
  $('error').hidden = text === null;
  $('error').textContent = text ?? '';
}

const drop = $('drop');
$('files').addEventListener('change', event => {
  add(event.target.files);
  event.target.value = '';
});
$('clear').addEventListener('click', () => {
  views.forEach(view => URL.revokeObjectURL(view.url));
  views = [];
  showViews();
  score();
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
  if (event.dataTransfer.files.length > 0) add(event.dataTransfer.files);
});

/* ---- Training ---- */

function showTraining() {
  $('no-training').hidden = !chart.isEmpty;
  $('chart').hidden = $('figures').hidden = chart.isEmpty;
  if (chart.isEmpty) return;
  offerLosses(chart.objectives);
  const {step, values} = chart.latest();
  const figures = [
    ['Step', step.toLocaleString()],
    ['Training loss', fixed(values.loss, 3)],
    ['Validation loss', fixed(values.validation_loss, 3)],
    ['Retrieval top-1', values.retrieval_top1 == null ? '–' : percent(values.retrieval_top1)],
    ['By chance', values.retrieval_chance == null ? '–' : percent(values.retrieval_chance)],
    ['Studies per second', fixed(values.studies_per_second, 1)],
  ];
  $('figures').replaceChildren(...figures.map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, value))));
}

const TASKS = {
  contrastive: 'study and report match', language: 'report generation', labels: 'findings',
};

/** The sum, and each objective; of a single one there is nothing to choose. */
function offerLosses(objectives) {
  const select = $('loss');
  const offered = objectives.length < 2 ? [] : objectives;
  if ([...select.options].slice(1).map(option => option.value).join() === offered.join()) return;
  const chosen = select.value;
  $('loss-choice').hidden = offered.length === 0;
  select.replaceChildren(select.options[0], ...offered.map(objective =>
    element('option', {value: objective}, TASKS[objective] ?? words(objective))));
  select.value = offered.includes(chosen) ? chosen : '';
  if (select.value !== chosen) chart.show('');
}

function showAlarms(alarms) {
  $('alarms-table').hidden = alarms.length === 0;
  $('alarms').replaceChildren(...alarms.map(alarm => element('tr', {},
    element('td', {}, words(alarm.statistic)),
    element('td', {}, alarm.source),
    element('td', {class: 'number'}, short(alarm.value)),
    element('td', {class: 'number'}, short(alarm.reference)),
    element('td', {class: 'number'}, alarm.step.toLocaleString()))));
  // The sentence is what a screen reader says, so it tells the newest alarm only, and once.
  const [newest] = alarms;
  const text = newest === undefined ? '' : `Incoming studies differ from those before: `
    + `${words(newest.statistic)} of ${newest.source} is ${short(newest.value)} `
    + `and was ${short(newest.reference)}, at step ${newest.step.toLocaleString()}.`;
  if ($('drift').textContent !== text) $('drift').textContent = text;
}

$('loss').addEventListener('change', event => chart.show(event.target.value));

/* ---- Metrics ---- */

/* What a browser follows a link with shows no key; what was asked for is shown in the link's place. */
$('metrics').addEventListener('click', async event => {
  event.preventDefault();
  try {
    const response = await ask('/metrics');
    const text = await response.text();
    if (response.ok) location.assign(URL.createObjectURL(new Blob([text], {type: 'text/plain; charset=utf-8'})));
    else showError(JSON.parse(text).detail);
  } catch {
    showError('The service does not answer. Is it still running?');
  }
});

/* ---- Live ---- */

function connection(state, text) {
  $('connection').dataset.state = state;
  $('connection').textContent = text;
}

/* What is empty says so, or why it cannot be seen. */
const empty = new Map(['no-training', 'no-models'].map(id => [id, $(id).textContent]));

function cannotSee(state, why) {
  connection('lost', state);
  $('model').textContent = '';
  empty.forEach((text, id) => { $(id).textContent = why; });
}

const events = new Events('/v1/events');
events.addEventListener('open', () => {
  connection('live', 'connected');
  empty.forEach((text, id) => { $(id).textContent = text; });
});
events.addEventListener('error', () => connection('lost', 'connection lost, trying again'));
events.addEventListener('signed-out', () => cannotSee('not signed in', 'Sign in to see this.'));
events.addEventListener('forbidden', () =>
  cannotSee('your key may not see checkpoints', 'To see this a key needs the role read.'));
events.addEventListener('models', event => {
  const answer = JSON.parse(event.data);
  showModels(answer);
  compare(answer);
  const fresh = answer.live !== null && answer.live !== liveId;
  liveId = answer.live;
  if (fresh && views.length > 0) score();
});
events.addEventListener('training', event => {
  const curve = JSON.parse(event.data);
  $('chart').hidden = curve.points.length === 0;
  chart.replace(curve.points);
  showTraining();
  showAlarms(curve.alarms);
});
events.addEventListener('points', event => {
  $('chart').hidden = false;
  chart.add(JSON.parse(event.data));
  showTraining();
});
events.addEventListener('alarms', event => showAlarms(JSON.parse(event.data)));
