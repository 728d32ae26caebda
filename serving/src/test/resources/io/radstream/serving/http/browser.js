/*
 * As much of a browser as the page's scripts ask for, so that they run where none is installed.
 * What a real one makes of the page is tested in a real one. `service` answers requests.
 */

const thrown = [];
const asked = [];

globalThis.Event = class {
  constructor(type) { this.type = type; }
  preventDefault() {}
};

globalThis.MessageEvent = class extends Event {
  constructor(type, {data}) { super(type); this.data = data; }
};

globalThis.EventTarget = class {
  #listeners = [];
  addEventListener(type, listener) { this.#listeners.push({type, listener}); }
  dispatchEvent(event) {
    event.target ??= this;
    this.#listeners.filter(({type}) => type === event.type).forEach(({listener}) => {
      // One that fails keeps no other from being told, as in a browser.
      try { listener(event); } catch (failure) { thrown.push(failure); }
    });
  }
};

class Text {
  constructor(text) { this.textContent = text; }
}

class Element extends EventTarget {
  attributes = new Map();
  childNodes = [];
  style = {};
  clientWidth = 600;
  tagName;
  #typed;

  constructor(tag) { super(); this.tagName = tag; }

  getAttribute(name) { return this.attributes.get(name) ?? null; }
  setAttribute(name, value) { this.attributes.set(name, String(value)); }
  removeAttribute(name) { this.attributes.delete(name); }
  append(...children) {
    children.forEach(child => {
      const made = child instanceof Element || child instanceof Text ? child : new Text(String(child));
      made.parent?.childNodes.splice(made.parent.childNodes.indexOf(made), 1);
      made.parent = this;
      this.childNodes.push(made);
    });
  }
  replaceChildren(...children) {
    this.childNodes.forEach(child => { child.parent = undefined; });
    this.childNodes = [];
    this.append(...children);
  }
  get value() { return this.#typed ?? this.getAttribute('value') ?? ''; }
  set value(text) { this.#typed = text; }
  get textContent() { return this.childNodes.map(child => child.textContent).join(''); }
  set textContent(text) { this.replaceChildren(...(text === '' ? [] : [text])); }

  get all() {
    return this.childNodes.filter(child => child instanceof Element).flatMap(child => [child, ...child.all]);
  }
  querySelectorAll(selector) {
    const [, tag, name] = /^([a-z]*)\[([a-z-]+)]$/.exec(selector);
    return this.all.filter(one => (tag === '' || one.tagName === tag) && one.attributes.has(name));
  }
  querySelector(selector) { return this.querySelectorAll(selector)[0] ?? null; }

  get classList() {
    const names = new Set((this.getAttribute('class') ?? '').split(' '));
    const change = () => this.setAttribute('class', [...names].join(' '));
    return {add: name => { names.add(name); change(); }, remove: name => { names.delete(name); change(); }};
  }
  get dataset() {
    const attribute = name => `data-${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
    return new Proxy({}, {
      get: (none, name) => this.attributes.get(attribute(name)),
      set: (none, name, value) => { this.setAttribute(attribute(name), value); return true; },
    });
  }
  get options() { return this.all.filter(one => one.tagName === 'option'); }

  focus() { document.activeElement = this; }
  click() { this.dispatchEvent(new Event('click')); }
  showModal() { this.open = true; }
  close() {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  }
}

['hidden', 'open', 'disabled'].forEach(name => Object.defineProperty(Element.prototype, name, {
  get() { return this.attributes.has(name); },
  set(on) { if (on) this.setAttribute(name, ''); else this.attributes.delete(name); },
}));

/** Of a page in which every element but void ones is closed. */
function parse(html) {
  const root = new Element('document');
  let parent = root;
  for (const [, end, tag, rest, text] of html.matchAll(/<(\/?)([a-z0-9]+)([^>]*)>|([^<]+)/gi)) {
    if (text !== undefined) {
      if (text.trim() !== '') parent.append(text);
    } else if (end) {
      parent = parent.parent;
    } else {
      const made = new Element(tag);
      for (const [, name, , value] of rest.matchAll(/([a-z-]+)(="([^"]*)")?/gi)) made.setAttribute(name, value ?? '');
      parent.append(made);
      if (!['meta', 'link', 'img', 'input', 'br', 'path'].includes(tag)) parent = made;
    }
  }
  return root;
}

globalThis.document = parse(service.page().replace(/<!doctype html>/i, ''));
document.documentElement = document;
document.visibilityState = 'visible';
document.body = document.all.find(one => one.tagName === 'body');
document.activeElement = document.body;
document.createElement = tag => new Element(tag);
document.getElementById = id => document.all.find(one => one.getAttribute('id') === id) ?? null;

globalThis.addEventListener = () => {};
globalThis.setTimeout = () => 0;
globalThis.setInterval = () => 0;
globalThis.getComputedStyle = () => ({getPropertyValue: () => ' #000'});
globalThis.matchMedia = () => new EventTarget();
globalThis.ResizeObserver = class { observe() {} };
globalThis.TextDecoderStream = class {};
globalThis.AbortController = class {
  signal = new EventTarget();
  abort() { this.signal.dispatchEvent(new Event('abort')); }
};
globalThis.Headers = class {
  #values = new Map();
  constructor(given = {}) { Object.entries(given).forEach(([name, value]) => this.set(name, value)); }
  set(name, value) { this.#values.set(name.toLowerCase(), value); }
  get(name) { return this.#values.get(name.toLowerCase()) ?? null; }
};
function storage() {
  const kept = new Map();
  return {
    getItem: name => kept.get(name) ?? null,
    setItem: (name, value) => kept.set(name, value),
    removeItem: name => kept.delete(name),
  };
}
globalThis.sessionStorage = storage();
globalThis.localStorage = storage();
globalThis.navigator = {languages: ['fr-CH', 'en-US', 'de']};
globalThis.uPlot = class {
  constructor(options, data) { globalThis.plotted = data; }
  setData(data) { globalThis.plotted = data; }
  setSize() {}
  destroy() {}
};

/* The scripts take what fails here for a service that is gone. */
function answer(...request) {
  try {
    return service.answer(...request);
  } catch (failure) {
    thrown.push(failure);
    throw failure;
  }
}

globalThis.fetch = async (path, {method = 'GET', headers = new Headers(), body = ''} = {}) => {
  asked.push(`${method} ${path}`);
  const [status, text] = answer(method, path, headers.get('Authorization') ?? '', body);
  const chunks = [text];
  const reader = {read: async () => ({done: chunks.length === 0, value: chunks.shift()})};
  return {
    status, ok: status < 300, text: async () => text, json: async () => JSON.parse(text),
    body: {cancel: async () => {}, pipeThrough: () => ({getReader: () => reader})},
  };
};
