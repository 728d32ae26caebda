/* Elements of the page, and how values are written in them. */

import {amount, locale} from '/assets/language.js';

export const $ = id => document.getElementById(id);

/* Elements are made with textContent only: nothing that was sent becomes markup. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...children);
  return made;
}

/** What the service says for people is English, whatever the page speaks. */
export const english = text => element('span', {lang: 'en'}, text);

/** The reason of a decision: nobody knows which language a person has written it in. */
export const inTheirWords = ({author, reason}) => author === 'person' ? reason : english(reason);

export const row = (...cells) => element('tr', {}, ...cells);
export const cell = (...children) => element('td', {}, ...children);
export const number = (...children) => element('td', {class: 'number'}, ...children);
/** Names the row, so that a screen reader says it before each of its cells. */
export const rowHead = (...children) => element('th', {scope: 'row'}, ...children);
/** Of a table whose head is out of sight on narrow screens: the cell says its name itself. */
export const named = (name, made) => {
  made.setAttribute('data-name', name);
  return made;
};

const NONE = '–';
const CLOCK = {hour: '2-digit', minute: '2-digit', second: '2-digit'};

export const clock = iso => new Date(iso).toLocaleTimeString(locale(), CLOCK);
export const moment = iso => new Date(iso).toLocaleString(locale());
export const percent = value => value == null ? NONE : amount(value, {style: 'percent', maximumFractionDigits: 0});
export const short = value => amount(value, {maximumSignificantDigits: 3});
export const words = name => name.replaceAll('_', ' ');
export const fixed = (value, digits) => value == null ? NONE
  : amount(value, {minimumFractionDigits: digits, maximumFractionDigits: digits});

/** Parts that are made anew now and then: who is on one stays on it, or near where it was. */
export function replace(parent, children) {
  const key = document.activeElement?.dataset?.key;
  parent.replaceChildren(...children);
  // Who looks at another part of the page meanwhile is not torn away from it.
  const still = {preventScroll: true};
  if (key && !focusOn(key, still)) parent.closest('[tabindex]')?.focus(still);
}

/** Whether there is one of this key. */
export function focusOn(key, options) {
  const found = [...document.querySelectorAll('[data-key]')].find(made => made.dataset.key === key);
  found?.focus(options);
  return found !== undefined;
}
