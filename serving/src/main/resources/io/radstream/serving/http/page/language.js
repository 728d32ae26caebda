/*
 * In which language the page speaks: the one that was chosen on this machine, or else the first of
 * the browser's that there is. Numbers and dates are written as there, too.
 */

import {LANGUAGES, STRINGS} from '/assets/strings.js';

const KEPT = 'radstream.language';
const told = new WeakMap();
const redrawn = [];

const short = tag => tag.toLowerCase().split('-')[0];

let at = LANGUAGES.indexOf(kept() ?? navigator.languages.map(short).find(known) ?? LANGUAGES[0]);

function known(language) {
  return LANGUAGES.includes(language);
}

/* A browser may forbid to keep anything. */
function kept() {
  try {
    const language = localStorage.getItem(KEPT);
    return known(language) ? language : undefined;
  } catch {
    return undefined;
  }
}

export const language = () => LANGUAGES[at];

/** With the customs of the country that the browser names, where it is of this language. */
export const locale = () => navigator.languages.find(tag => short(tag) === language()) ?? language();

const filled = (text, values) => text.replace(/\{(\w+)}/g, (place, name) => {
  const value = values[name];
  return typeof value === 'function' ? value() : value ?? place;
});

/** The words of a key, in the language of now. */
export const say = (key, values = {}) => filled(STRINGS[key][at], values);

/** The same, or what stands there where nobody has words for it, as for a finding of a hospital's own. */
export const sayOr = (key, otherwise) => Object.hasOwn(STRINGS, key) ? say(key) : otherwise;

/** For a number of things: key.one or key.other, with {count}. */
export function count(number, key, values = {}) {
  const one = new Intl.PluralRules(locale()).select(number) === 'one';
  return say(`${key}.${one ? 'one' : 'other'}`, {count: amount(number), ...values});
}

export const amount = (number, options = {}) => number.toLocaleString(locale(), options);

/**
 * Writes into an element, now and whenever the language changes; null empties it. Values that are
 * functions are asked each time. A screen reader says what changes only.
 */
export function tell(element, key, values = {}) {
  if (key === null) element.removeAttribute('data-text');
  else element.setAttribute('data-text', key);
  told.set(element, values);
  write(element);
}

function write(element) {
  const key = element.getAttribute('data-text');
  const text = key === null ? '' : say(key, told.get(element));
  if (element.textContent !== text) element.textContent = text;
}

/** What is drawn anew when the language changes. */
export const onLanguage = redraw => { redrawn.push(redraw); };

function translate() {
  document.documentElement.setAttribute('lang', language());
  document.querySelectorAll('[data-text]').forEach(write);
  document.querySelectorAll('[data-label]').forEach(element =>
    element.setAttribute('aria-label', say(element.getAttribute('data-label'))));
  redrawn.forEach(redraw => redraw());
}

const choice = document.getElementById('language');
choice.value = language();
choice.addEventListener('change', () => {
  at = LANGUAGES.indexOf(choice.value);
  try {
    localStorage.setItem(KEPT, language());
  } catch {
    // It holds until the page is closed.
  }
  translate();
});
translate();
