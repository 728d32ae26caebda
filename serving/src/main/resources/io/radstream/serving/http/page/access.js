/*
 * Asking as somebody. Where the service wants to know who asks, a key or token is typed in once and
 * kept for this tab, until it is closed. It goes into a header of each request and nowhere else, so
 * that a page of another site cannot make use of it.
 */

import {eventsOf} from '/assets/stream.js';

const KEPT = 'radstream.key';
const LONGEST_PAUSE = 15_000;
const FORBIDDEN = 403;
const form = document.getElementById('sign-in');
const place = document.getElementById('sign-in-place');

let waiting = [];

const key = () => sessionStorage.getItem(KEPT);

/**
 * As fetch; asks for a key, and tries again, where there is none or it is not known.
 * signedOut is called before it waits for a key.
 */
export async function ask(path, {signedOut = () => {}, ...options} = {}) {
  for (;;) {
    const shown = key();
    const headers = new Headers(options.headers);
    if (shown) headers.set('Authorization', `Bearer ${shown}`);
    const response = await fetch(path, {...options, headers});
    if (response.status !== 401) return response;
    await response.body?.cancel();
    if (key() !== shown) continue;
    signedOut();
    await signIn(shown !== null, options.signal);
  }
}

/** One form for all who wait. */
function signIn(refused, signal) {
  if (refused) sessionStorage.removeItem(KEPT);
  // Another who asked with the same key comes after it was forgotten, and was refused no less.
  if (refused || form.hidden) document.getElementById('sign-in-refused').hidden = !refused;
  const open = document.querySelector('dialog[open]');
  if (form.hidden) {
    // Behind a dialog nothing can be reached.
    (open ?? place).append(form);
    form.hidden = false;
  }
  // Who does something else meanwhile is not torn away from it.
  if (open || document.activeElement === document.body) document.getElementById('key').focus();
  return new Promise((resolve, reject) => {
    waiting.push(resolve);
    signal?.addEventListener('abort', () => reject(signal.reason), {once: true});
  });
}

form.addEventListener('submit', event => {
  event.preventDefault();
  const field = document.getElementById('key');
  const typed = field.value.trim();
  field.value = '';
  if (typed === '') return;
  sessionStorage.setItem(KEPT, typed);
  form.hidden = true;
  waiting.forEach(resolve => resolve());
  waiting = [];
});

/* A dialog takes the form along when it closes. The event does not bubble. */
document.addEventListener('close', () => place.append(form), {capture: true});

/**
 * Server-sent events as EventSource gives them, which cannot show a key. Where the key may not listen
 * there is an event 'forbidden', and 'signed-out' where there is none; it goes on trying.
 */
export class Events extends EventTarget {
  #path;

  constructor(path) {
    super();
    this.#path = path;
    this.#listen();
  }

  async #listen() {
    for (let pause = 1_000; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      let ended = 'error';
      try {
        const response = await ask(this.#path, {
          headers: {Accept: 'text/event-stream'},
          signedOut: () => this.dispatchEvent(new Event('signed-out')),
        });
        if (response.ok) {
          this.dispatchEvent(new Event('open'));
          pause = 1_000;
          for await (const {name, data} of eventsOf(response.body)) {
            this.dispatchEvent(new MessageEvent(name, {data}));
          }
        } else {
          if (response.status === FORBIDDEN) ended = 'forbidden';
          await response.body?.cancel();
        }
      } catch {
        // The service is gone, or the way to it; both may come back.
      }
      this.dispatchEvent(new Event(ended));
      await new Promise(resolve => setTimeout(resolve, pause));
    }
  }
}
