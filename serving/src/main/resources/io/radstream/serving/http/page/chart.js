/* Curves by optimizer step: training and validation loss, or how many studies a second were learned from. */

import {fixed, short} from '/assets/elements.js';
import {amount, onLanguage, say} from '/assets/language.js';

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/* A step is whole: 1, 2, 5, 10, 20, … from one tick to the next. */
const WHOLE = Array.from({length: 30}, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3));

/** Studies a second. */
export const RATE = 'studies_per_second';

export class TrainingChart {
  #element;
  #plot = null;
  #points = new Map();
  #suffix = '';
  #rate = false;

  constructor(element) {
    this.#element = element;
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(element);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#redraw());
    onLanguage(() => this.#redraw());
  }

  /** Another run, or the same from its beginning. */
  replace(points) {
    this.#points.clear();
    this.add(points);
  }

  /** New points; one with a known step replaces the old. */
  add(points) {
    points.forEach(point => this.#points.set(point.step, point.values));
    this.#update();
  }

  /** Which curve: RATE, or of a loss: '' for the sum, or the name of an objective. */
  show(curve) {
    this.#rate = curve === RATE;
    this.#suffix = this.#rate || curve === '' ? '' : `_${curve}`;
    this.#redraw();
  }

  /** Names of the objectives that the run reports losses of. */
  get objectives() {
    const names = [...this.#points.values()].flatMap(Object.keys)
      .filter(name => name.startsWith('loss_') && name !== 'loss_scale')
      .map(name => name.slice('loss_'.length));
    return [...new Set(names)].sort();
  }

  get isEmpty() {
    return this.#points.size === 0;
  }

  /** The last step, and the newest value of every figure. */
  latest() {
    const steps = this.#steps();
    const values = {};
    steps.forEach(step => Object.assign(values, this.#points.get(step)));
    return {step: steps.at(-1), values};
  }

  #steps() {
    return [...this.#points.keys()].sort((a, b) => a - b);
  }

  #data() {
    const steps = this.#steps();
    const series = name => steps.map(step => this.#points.get(step)[name] ?? null);
    return this.#rate ? [steps, series(RATE)]
      : [steps, series(`loss${this.#suffix}`), series(`validation_loss${this.#suffix}`)];
  }

  #update() {
    if (this.isEmpty) return;
    if (this.#plot) {
      this.#plot.setData(this.#data());
    } else {
      this.#plot = new uPlot(this.#options(), this.#data(), this.#element);
    }
  }

  #redraw() {
    this.#plot?.destroy();
    this.#plot = null;
    this.#update();
  }

  #size() {
    return {width: this.#element.clientWidth, height: 280};
  }

  #options() {
    const number = (plot, value) => fixed(value, 3);
    const whole = (plot, value) => value == null ? '–' : amount(value);
    const axis = {
      stroke: colour('--muted'),
      grid: {stroke: colour('--line'), width: 1},
      ticks: {stroke: colour('--line'), width: 1},
    };
    return {
      ...this.#size(),
      scales: {x: {time: false}},
      cursor: {y: false},
      axes: [
        {...axis, label: say('chart.step'), labelGap: 4, incrs: WHOLE, values: (plot, at) => at.map(step => amount(step))},
        {...axis, size: 56, values: (plot, at) => at.map(short)}],
      series: [{label: say('step'), value: whole}, ...this.#series(number)],
    };
  }

  #series(number) {
    const rate = {
      label: say('training.rate'), stroke: colour('--accent'), width: 1.5, value: number, spanGaps: true};
    return this.#rate ? [rate] : [
        {label: say('chart.training'), stroke: colour('--accent'), width: 1.5, value: number, spanGaps: true},
        {
          label: say('chart.validation'), stroke: colour('--validation'), width: 2, value: number,
          spanGaps: true, points: {show: true, size: 6, fill: colour('--card')},
        },
    ];
  }

  /** Whether the run tells how fast it learns. */
  get hasRate() {
    return [...this.#points.values()].some(values => values[RATE] !== undefined);
  }
}
