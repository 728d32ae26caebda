/* The checkpoints: what each is loaded for, and why. */

import {buttons, showDecisions} from '/assets/decide.js';
import {$, clock, element, english, fixed, inTheirWords, named, number, percent, replace, row, rowHead} from '/assets/elements.js';
import {amount, count, onLanguage, say, sayOr, tell} from '/assets/language.js';
import {lineageButton} from '/assets/lineage.js';
import {whyButton} from '/assets/why.js';

let shown = null;

export function showModels(answer) {
  shown = answer;
  const live = answer.models.find(model => model.state === 'live');
  $('model').replaceChildren(...headline(live));
  $('loads').textContent = answer.hotLoads > 0 ? count(answer.hotLoads, 'models.loads') : '';
  $('no-models').hidden = answer.models.length > 0;
  $('models-table').hidden = answer.models.length === 0;
  replace($('models'), answer.models.map(model => modelRow(model, answer)));
  tell($('pinned'), answer.pinned ? 'models.pinned' : null, {checkpoint: answer.decided.live});
  showDecisions();
}

/** Where nobody may see them any more. */
export function forgetModels() {
  shown = null;
  $('model').textContent = '';
}

onLanguage(() => {
  if (shown !== null) showModels(shown);
});

function headline(live) {
  if (!live) return [element('span', {class: 'muted'}, say('model.none'))];
  return [
    element('strong', {}, live.id), ` · ${say('model.step', {step: amount(live.step)})}`,
    element('span', {class: 'muted'}, ` · ${say('model.since', {time: clock(live.loadedAt)})}`),
    ...withdrawn(live)];
}

/* Nothing where there is nothing to warn of. */
function withdrawn({withdrawnStudies: studies}) {
  return studies === 0 ? []
    : [' ', element('span', {class: 'state withdrawn'}, count(studies, 'model.withdrawn'))];
}

/* What is loaded says as what. */
function standing({state, role, share}) {
  if (role === undefined) return sayOr(`state.${state}`, state);
  const name = sayOr(`role.${role}`, role);
  return share === undefined ? name : say('role.share', {role: name, share: percent(share)});
}

function modelRow(model, answer) {
  return row(
    rowHead(model.id, ...origin(model)),
    named(say('step'), number(amount(model.step))),
    named(say('training.validation-loss'), number(fixed(model.metrics.validation_loss, 3))),
    named(say('training.top1'), number(percent(model.metrics.retrieval_top1))),
    element('td', {class: 'standing'},
      element('span', {class: `state ${model.state}`}, standing(model)), ...withdrawn(model), ...reading(model)),
    because(model),
    element('td', {class: 'decide'}, ...buttons(model, answer)));
}

function origin(model) {
  const line = text => element('span', {class: 'lineage'}, text);
  return [
    line(say('models.run', {run: model.runId, line: model.line})),
    ...(model.parent === undefined ? [] : [line(say('models.parent', {checkpoint: model.parent}))]),
    lineageButton(model)];
}

/* How its answers are read; known of what is loaded only. */
function reading({calibration}) {
  if (calibration === undefined) return [];
  const {applied, reason, familiarity} = calibration;
  const note = (...children) => element('span', {class: 'interval'}, ...children);
  return [
    applied ? note(say('models.calibrated')) : note(say('models.raw'), ' ', english(reason)),
    ...(familiarity ? [note(say('models.familiarity'))] : [])];
}

function because(model) {
  const {verdict} = model;
  const by = verdict?.by === undefined ? '' : ` (${verdict.by})`;
  // Of what is over nobody asks any more why it began.
  const reason = model.reason ?? (model.role === undefined ? undefined : verdict?.reason);
  const words = reason === undefined || reason === verdict?.reason ? verdict : {reason};
  return element('td', {class: ['refused', 'waiting'].includes(model.state) ? 'why reason' : 'why'},
    model.loadedAt ? `${clock(model.loadedAt)} ` : '',
    reason === undefined ? '' : element('span', {class: 'because'}, inTheirWords(words), by),
    ...whyButton(`model ${model.id}`, model.id, verdict));
}
