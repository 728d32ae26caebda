/* The view that is looked at: the picture through its window, the map over it, and its controls. */

import {$, percent} from '/assets/elements.js';
import {listen} from '/assets/gestures.js';
import {drawBoxes, heat} from '/assets/heat.js';
import {amount, onLanguage, say, tell} from '/assets/language.js';
import {Toned, read} from '/assets/picture.js';
import {chosenWindow, describeWindow, moveWindow, onWindow, resetWindow} from '/assets/windowing.js';
import {Viewport} from '/assets/viewport.js';

const BUTTON_ZOOM = 1.5;
const WHOLE = {left: 0, top: 0, width: 1, height: 1};
const viewport = new Viewport();
const stage = $('stage');
const canvas = $('canvas');

let views = [];
let at = 0;               // which of them is shown
let toned = null;         // its picture; null while it is read, or where it cannot be shown
let map = null;           // {name(), views: index of a view to what the service found in it}
let layer = null;         // the map of this view, in colours
let selected = () => {};

/** Who is told which view is shown. */
export const onSelect = listener => { selected = listener; };
export const shownView = () => at;

export function showViews(all, index = Math.min(at, Math.max(0, all.length - 1))) {
  const same = views[at] === all[index] && toned !== null;
  views = [...all];
  at = index;
  $('viewer').hidden = views.length === 0;
  $('before').disabled = at === 0;
  $('next').disabled = at >= views.length - 1;
  selected(at);
  overlay();
  if (!same) load(views[at]);
}

/** @param shown {name, views}, or null for the picture alone */
export function showMap(shown) {
  map = shown;
  overlay();
}

async function load(view) {
  toned = null;
  draw();
  if (view === undefined) return;
  tell($('picture-note'), 'picture.loading');
  try {
    const picture = await read(view.file);
    if (views[at] !== view) return;
    toned = {picture, through: new Toned(picture)};
    viewport.show(picture.width, picture.height);
    resetWindow(picture.most);
    tell($('picture-note'), picture.note?.key ?? null, picture.note?.values);
  } catch {
    if (views[at] === view) tell($('picture-note'), 'picture.blind');
  }
  draw();
}

const found = () => map?.views.get(at);

function overlay() {
  layer = found() ? heat(found()) : null;
  $('legend').hidden = layer === null;
  tell($('elsewhere'), ...elsewhere());
  draw();
}

/* Views share one scale, so that one may have little of a map, or nothing. */
function elsewhere() {
  if (map === null) return [null];
  if (found() === undefined) return ['map.unseen'];
  const highest = view => Math.max(...view.values);
  const [[strongest, view]] = [...map.views].sort(([, a], [, b]) => highest(b) - highest(a));
  if (highest(view) === 0) return ['map.empty'];
  return found().boxes.length > 0 || strongest === at ? [null]
    : ['map.elsewhere', {index: () => amount(strongest + 1)}];
}

/* ---- Window ---- */

let due = false;

/* Once for each frame, however often a slider tells. */
function tone() {
  if (toned === null || due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    if (toned === null) return;
    toned.through.tone(chosenWindow());
    draw();
  });
}

/* ---- Drawing ---- */

function draw() {
  label();
  const context = canvas.getContext('2d');
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (toned === null) return;
  const dense = canvas.width / Math.max(1, stage.clientWidth);
  context.setTransform(dense, 0, 0, dense, 0, 0);
  context.imageSmoothingQuality = 'high';
  lay(context, toned.through.canvas, WHOLE);
  if (layer === null) return;
  context.globalAlpha = Number($('opacity').value) / 100;
  lay(context, layer, found().seen);
  context.globalAlpha = 1;
  if ($('boxes').checked) drawBoxes(context, found().boxes, box => viewport.place(box));
}

function lay(context, image, box) {
  const {x, y, width, height} = viewport.place(box);
  context.drawImage(image, x, y, width, height);
}

function label() {
  const values = {index: amount(at + 1), count: amount(views.length)};
  canvas.setAttribute('aria-label', layer === null ? say('picture.plain', values)
    : say('picture.map', {...values, name: map.name, boxes: amount(found().boxes.length)}));
  $('zoom-now').textContent = percent(viewport.zoom);
  describeWindow();
  $('opacity-now').textContent = percent(Number($('opacity').value) / 100);
  stage.classList[viewport.zoom > 1 || windows() ? 'add' : 'remove']('held');
}

/* ---- Controls ---- */

const windows = () => $('drag').value === 'window';

function zoom(factor, x, y) {
  viewport.zoomBy(factor, x, y);
  draw();
}

function move(right, down) {
  viewport.move(right, down);
  draw();
}

function reset() {
  viewport.reset();
  if (toned !== null) resetWindow(toned.picture.most);
  draw();
}

function turn(by) {
  if (views[at + by] !== undefined) showViews(views, at + by);
}

function flip(id, then) {
  $(id).checked = !$(id).checked;
  then();
}

let opacity = 60;

function flipMap() {
  const slider = $('opacity');
  if (Number(slider.value) > 0) opacity = slider.value;
  slider.value = Number(slider.value) > 0 ? 0 : opacity;
  draw();
}

const KEYS = {
  0: reset, m: flipMap, b: () => flip('boxes', draw), i: () => flip('invert', tone),
  PageUp: () => turn(-1), PageDown: () => turn(1),
};

listen(stage, {
  move, zoom, window: moveWindow, windows, canMove: () => viewport.zoom > 1,
  press: key => {
    KEYS[key]?.();
    return key in KEYS;
  },
});
$('zoom-in').addEventListener('click', () => zoom(BUTTON_ZOOM));
$('zoom-out').addEventListener('click', () => zoom(1 / BUTTON_ZOOM));
$('reset').addEventListener('click', reset);
$('before').addEventListener('click', () => turn(-1));
$('next').addEventListener('click', () => turn(1));
onWindow(tone);
['opacity', 'boxes', 'drag'].forEach(id => $(id).addEventListener('input', draw));
onLanguage(draw);

new ResizeObserver(() => {
  const dense = Math.min(2, devicePixelRatio);
  canvas.width = Math.round(stage.clientWidth * dense);
  canvas.height = Math.round(stage.clientHeight * dense);
  viewport.resize(stage.clientWidth, stage.clientHeight);
  draw();
}).observe(stage);
