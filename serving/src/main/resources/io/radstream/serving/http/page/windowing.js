/* Which brightness is black and which is white: the window's level and width, and whether it is inverted. */

import {$} from '/assets/elements.js';
import {amount} from '/assets/language.js';

let most = 255;
let changed = () => {};

/** Who is told of another window. */
export const onWindow = listener => { changed = listener; };

/** All that the picture has, from 0 to the most that a value of it can be. */
export function resetWindow(largest) {
  most = largest;
  const [level, width] = [$('level'), $('width')];
  [level.max, width.max] = [most, most * 2];
  level.value = Math.round(most / 2);
  width.value = most;
  $('invert').checked = false;
  changed();
}

/** As by a drag, in parts of the stage: to the right wider, down darker. */
export function moveWindow(right, down) {
  $('width').value = Math.max(1, Math.round(Number($('width').value) + right * most));
  $('level').value = Math.round(Number($('level').value) + down * most);
  changed();
}

export const chosenWindow = () => ({
  level: Number($('level').value), width: Number($('width').value), inverted: $('invert').checked,
});

export function describeWindow() {
  const {level, width} = chosenWindow();
  $('level-now').textContent = amount(level);
  $('width-now').textContent = amount(width);
}

['level', 'width', 'invert'].forEach(id => $(id).addEventListener('input', () => changed()));
