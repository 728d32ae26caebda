/* The loss curve: training and validation loss by optimizer step. */

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/* A step is whole: 1, 2, 5, 10, 20, … from one tick to the next. */
const WHOLE = Array.from({length: 30}, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3));

export class LossChart {
  #element;
  #plot = null;
  #points = new Map();
  #suffix = '';

  constructor(element) {
    this.#element = element;
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(element);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#redraw());
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

  /** Which loss: '' for the sum, or the name of an objective. */
  show(objective) {
    this.#suffix = objective && `_${objective}`;
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
    const series = name => steps.map(step => this.#points.get(step)[name + this.#suffix] ?? null);
    return [steps, series('loss'), series('validation_loss')];
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
    const number = (plot, value) => value == null ? '–' : value.toFixed(3);
    const axis = {
      stroke: colour('--muted'),
      grid: {stroke: colour('--line'), width: 1},
      ticks: {stroke: colour('--line'), width: 1},
    };
    return {
      ...this.#size(),
      scales: {x: {time: false}},
      cursor: {y: false},
      axes: [{...axis, label: 'optimizer step', labelGap: 4, incrs: WHOLE}, {...axis, size: 56}],
      series: [
        {label: 'step'},
        {label: 'training', stroke: colour('--accent'), width: 1.5, value: number, spanGaps: true},
        {
          label: 'validation', stroke: colour('--validation'), width: 2, value: number,
          spanGaps: true, points: {show: true, size: 6, fill: colour('--card')},
        },
      ],
    };
  }
}
