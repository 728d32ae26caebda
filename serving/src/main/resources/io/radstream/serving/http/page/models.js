/* The checkpoints: what each is loaded for, and why. */

import {buttons, showDecisions} from '/assets/decide.js';
import {$, cell, clock, element, fixed, number, percent, replace, row, rowHead} from '/assets/elements.js';
import {whyButton} from '/assets/why.js';

export function showModels(answer) {
  const live = answer.models.find(model => model.state === 'live');
  $('model').replaceChildren(...headline(live));
  $('loads').textContent = answer.hotLoads > 0 ? `${answer.hotLoads} loaded since the start` : '';
  $('no-models').hidden = answer.models.length > 0;
  $('models-table').hidden = answer.models.length === 0;
  replace($('models'), answer.models.map(model => modelRow(model, answer)));
  const pinned = answer.pinned
    ? `${answer.decided.live} is pinned: policies change nothing until it is unpinned.` : '';
  // A screen reader says it whenever it is set.
  if ($('pinned').textContent !== pinned) $('pinned').textContent = pinned;
  showDecisions();
}

function headline(live) {
  if (!live) return [element('span', {class: 'muted'}, 'Waiting for the first checkpoint')];
  return [
    element('strong', {}, live.id), ` · step ${live.step.toLocaleString()}`,
    element('span', {class: 'muted'}, ` · live since ${clock(live.loadedAt)}`),
    ...withdrawn(live)];
}

/* Nothing where there is nothing to warn of. */
function withdrawn({withdrawnStudies: studies}) {
  const text = `learned from ${studies.toLocaleString()} withdrawn ${studies === 1 ? 'study' : 'studies'}`;
  return studies === 0 ? [] : [' ', element('span', {class: 'state withdrawn'}, text)];
}

/* What is loaded says as what. */
function standing({state, role, share}) {
  if (role === undefined) return state;
  return share === undefined ? role : `${role}, ${percent(share)}`;
}

function modelRow(model, answer) {
  return row(
    rowHead(model.id),
    number(model.step.toLocaleString()),
    number(fixed(model.metrics.validation_loss, 3)),
    number(percent(model.metrics.retrieval_top1)),
    cell(element('span', {class: `state ${model.state}`}, standing(model)), ...withdrawn(model)),
    because(model),
    element('td', {class: 'decide'}, ...buttons(model, answer)));
}

function because(model) {
  const {verdict} = model;
  const by = verdict?.by === undefined ? '' : ` (${verdict.by})`;
  // Of what is over nobody asks any more why it began.
  const reason = model.reason ?? (model.role === undefined ? undefined : verdict?.reason);
  return element('td', {class: ['refused', 'waiting'].includes(model.state) ? 'why reason' : 'why'},
    model.loadedAt ? `${clock(model.loadedAt)} ` : '',
    reason === undefined ? '' : element('span', {class: 'because'}, reason + by),
    ...whyButton(`model ${model.id}`, model.id, verdict));
}
