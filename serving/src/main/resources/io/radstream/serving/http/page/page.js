/* What the service tells while the page is open, and who on the page wants to know. */

import {Events, ask} from '/assets/access.js';
import {compare} from '/assets/compare.js';
import {$} from '/assets/elements.js';
import {tell} from '/assets/language.js';
import {forgetModels, showModels} from '/assets/models.js';
import {SILENT, problem} from '/assets/problem.js';
import {rescore} from '/assets/study.js';
import {addPoints, showAlarms, showRun} from '/assets/training.js';
import {listChanged, listed, unlisted} from '/assets/worklist.js';

/* ---- Metrics ---- */

/* What a browser follows a link with shows no key; what was asked for is shown in the link's place. */
$('metrics').addEventListener('click', async event => {
  event.preventDefault();
  try {
    const response = await ask('/metrics');
    const text = await response.text();
    if (response.ok) location.assign(URL.createObjectURL(new Blob([text], {type: 'text/plain; charset=utf-8'})));
    else problem($('error'), JSON.parse(text));
  } catch {
    problem($('error'), SILENT);
  }
});

/* ---- Live ---- */

let liveId = null;

function connection(state, why = state) {
  $('connection').dataset.state = state;
  tell($('connection'), `connection.${why}`);
}

/* What is empty says so, or why it cannot be seen. */
function empty(training, models) {
  tell($('no-training'), training);
  tell($('no-models'), models);
}

function cannotSee(why) {
  connection('lost', why);
  unlisted();
  forgetModels();
  empty(`see.${why}`, `see.${why}`);
}

const events = new Events('/v1/events');
events.addEventListener('open', () => {
  connection('live');
  empty('training.none', 'models.none');
  listed();
});
events.addEventListener('error', () => {
  connection('lost');
  unlisted();
});
events.addEventListener('signed-out', () => cannotSee('signed-out'));
events.addEventListener('forbidden', () => cannotSee('forbidden'));
events.addEventListener('models', event => {
  const answer = JSON.parse(event.data);
  showModels(answer);
  compare(answer);
  const fresh = answer.live !== null && answer.live !== liveId;
  liveId = answer.live;
  if (fresh) rescore();
});
events.addEventListener('worklist', listChanged);
events.addEventListener('training', event => showRun(JSON.parse(event.data)));
events.addEventListener('points', event => addPoints(JSON.parse(event.data)));
events.addEventListener('alarms', event => showAlarms(JSON.parse(event.data)));
