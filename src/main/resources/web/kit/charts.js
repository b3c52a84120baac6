// @ts-check
/** Small charts in plain SVG, and time series drawn by uPlot, which is loaded with the first of them. */
import { Element, define, html, loadScript, nothing, svg } from '../core/element.js';

/** A score from 0 to 100 as a ring around its number. The number and a word beside it say the same. */
export function ring(score, tone, size = 40) {
  const radius = size / 2 - 3;
  const around = 2 * Math.PI * radius;
  const share = Math.max(0, Math.min(100, Number(score) || 0)) / 100;
  return html`<svg class="ring ${tone}" width=${size} height=${size} viewBox="0 0 ${size} ${size}" aria-hidden="true">
    ${svg`<circle cx=${size / 2} cy=${size / 2} r=${radius}></circle>
      <circle class="value" cx=${size / 2} cy=${size / 2} r=${radius} stroke-dasharray="${around * share} ${around}"
        transform="rotate(-90 ${size / 2} ${size / 2})"></circle>
      <text x="50%" y="50%" dy="0.35em" text-anchor="middle" fill="currentColor" font-size=${size / 3.2} font-weight="600">${score === null || score === undefined ? '–' : Math.round(score)}</text>`}
  </svg>`;
}

/** The tone of a risk level. */
export const riskTone = (level) => ({ low: 'good', medium: 'warn', high: 'bad' })[level] ?? 'faint';

/** A share from 0 to 1 as a bar. */
export function bar(share, tone = '') {
  const width = Math.max(0, Math.min(1, Number(share) || 0)) * 100;
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<rect class="ground" width="100" height="8"></rect>
      <rect class="fill ${tone}" width=${width > 0 ? Math.max(width, 0.6) : 0} height="8"></rect>`}
  </svg>`;
}

/** The course of a number, without axes: only whether and when it moved. */
export function spark(values, label) {
  if (values.length < 2 || values.every((value) => value === 0)) return nothing;
  const least = Math.min(...values);
  const most = Math.max(...values);
  const height = most - least || 1;
  const points = values.map((value, i) => [
    (i / (values.length - 1)) * 100,
    most === least ? 24 : 29 - ((value - least) / height) * 26,
  ]);
  const line = points.map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(2)} ${y.toFixed(2)}`).join('');
  return html`<svg class="spark" viewBox="0 0 100 32" preserveAspectRatio="none" role="img" aria-label=${label}>
    ${svg`<path class="under" d="${line}L100 32L0 32Z"></path><path d=${line}></path>`}
  </svg>`;
}

const uplotFolder = document.querySelector('meta[name="uplot"]')?.getAttribute('content') ?? '';

/**
 * Several series over time. `times` are seconds since 1970; each series has a `label`, a `tone` (a token such as
 * `accent`) and `values`; one that is `stepped` keeps each value until the next.
 */
class Series extends Element {
  static properties = { times: { attribute: false }, series: { attribute: false }, label: {}, height: { type: Number }, most: { type: Number } };

  constructor() {
    super();
    /** @type {number[]} */
    this.times = [];
    /** @type {{label: string, tone: string, values: number[], stepped?: boolean}[]} */
    this.series = [];
    this.label = '';
    this.height = 180;
    /** The top of the scale; without it, a little above the largest value. @type {number | undefined} */
    this.most = undefined;
    this.schemes = matchMedia('(prefers-color-scheme: dark)');
    this.redraw = () => {
      this.chart?.destroy();
      this.chart = undefined;
      this.draw();
    };
  }

  connectedCallback() {
    super.connectedCallback();
    this.schemes.addEventListener('change', this.redraw);
    document.addEventListener('theme', this.redraw);
    this.sizes = new ResizeObserver(() => this.chart?.setSize({ width: this.width(), height: this.height }));
    this.sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.schemes.removeEventListener('change', this.redraw);
    document.removeEventListener('theme', this.redraw);
    this.sizes?.disconnect();
    this.chart?.destroy();
    this.chart = undefined;
  }

  width() {
    return Math.max(200, Math.floor(this.getBoundingClientRect().width));
  }

  render() {
    return html`<div class="series-place" role="img" aria-label=${this.label}></div>`;
  }

  updated() {
    this.draw();
  }

  async draw() {
    await loadScript(`${uplotFolder}dist/uPlot.iife.min.js`);
    if (!this.isConnected) return;
    const data = [this.times, ...this.series.map((one) => one.values)];
    if (this.chart) {
      this.chart.setData(data);
      return;
    }
    const token = (name) => {
      const probe = document.createElement('i');
      probe.className = `token-${name}`;
      this.append(probe);
      const colour = getComputedStyle(probe).color;
      probe.remove();
      return colour;
    };
    const quiet = token('ink-faint');
    const line = token('line');
    const axis = { stroke: quiet, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: '11px Inter, sans-serif' };
    const uPlot = /** @type {any} */ (globalThis).uPlot;
    this.chart = new uPlot(
      {
        width: this.width(),
        height: this.height,
        padding: [8, 8, 0, 0],
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, points: { size: 6 } },
        scales: { y: { range: (_plot, _least, most) => [0, this.most ?? Math.max(4, most * 1.1)] } },
        axes: [
          { ...axis, grid: { show: false } },
          { ...axis, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000] },
        ],
        series: [
          {},
          ...this.series.map((one) => ({
            label: one.label,
            stroke: token(one.tone),
            width: 1.75,
            points: { show: false },
            paths: one.stepped ? uPlot.paths.stepped({ align: 1 }) : uPlot.paths.spline(),
          })),
        ],
      },
      data,
      /** @type {HTMLElement} */ (this.querySelector('.series-place')),
    );
  }
}

define('t-series', Series);
