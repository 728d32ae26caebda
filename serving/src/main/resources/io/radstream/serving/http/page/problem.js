/*
 * What went wrong, in the language of the page. The service's own words are English and exact, so
 * they stand there in any language.
 */

import {english} from '/assets/elements.js';
import {language, onLanguage, say, sayOr} from '/assets/language.js';

const shown = new Map();

/** Why nothing came back. */
export const SILENT = {key: 'problem.silent'};

/**
 * @param answer null for none, {key, values} for words of the page, or a problem of the service
 */
export function problem(place, answer) {
  shown.set(place, answer);
  place.hidden = answer === null;
  place.replaceChildren(...(answer === null ? [] : parts(answer)));
}

/** Of an answer that may have no body of this kind. */
export const statusOf = (answer, status) =>
  answer?.detail === undefined ? {key: 'problem.status', values: {status}} : answer;

function parts({key, values, code, detail}) {
  if (key !== undefined) return [say(key, values)];
  if (language() === 'en') return [detail];
  return [sayOr(`problem.${code}`, say('problem.other')), ' ', english(detail)];
}

onLanguage(() => shown.forEach((answer, place) => problem(place, answer)));
