// @ts-check
/** Lists: pages that follow a cursor, a table of which only the visible rows exist, and two records side by side. */
import { Element, define, html, nothing } from '../core/element.js';
import { field as fieldWord } from '../core/format.js';
import { foreign, icon } from './basics.js';

/**
 * A list of the hub that grows page by page. `load` gives `{items, next_cursor}` for a cursor.
 * @template T
 */
export class Pages {
  /**
   * @param {import('lit').ReactiveControllerHost} host
   * @param {(cursor: string | undefined, signal: AbortSignal) => Promise<{items: T[], next_cursor: string | null}>} load
   */
  constructor(host, load) {
    this.host = host;
    this.load = load;
    /** @type {T[]} */
    this.items = [];
    /** @type {string | null | undefined} */
    this.cursor = undefined;
    this.loading = true;
    this.started = false;
    /** @type {import('../core/api.js').ApiError | undefined} */
    this.error = undefined;
    host.addController(this);
  }

  hostConnected() {
    this.reload();
  }

  hostDisconnected() {
    this.abort?.abort();
  }

  /** From the first page on; what is shown stays until it is there. */
  async reload() {
    await this.fetch(undefined, () => []);
  }

  async more() {
    if (this.cursor && !this.loading) await this.fetch(this.cursor, () => this.items);
  }

  async fetch(cursor, before) {
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    this.loading = true;
    this.host.requestUpdate();
    try {
      const page = await this.load(cursor, abort.signal);
      if (abort.signal.aborted) return;
      this.items = [...before(), ...page.items];
      this.cursor = page.next_cursor;
      this.error = undefined;
      this.started = true;
    } catch (error) {
      if (abort.signal.aborted) return;
      this.error = /** @type {any} */ (error);
    }
    this.loading = false;
    this.host.requestUpdate();
  }
}

/** What stands below a list: how much is shown, and the way to more. */
export function pager(pages, one, many) {
  const shown = pages.items.length;
  return html`<div class="pager">
    <span class="number">${shown} ${shown === 1 ? one : (many ?? `${one}s`)}${pages.cursor ? ' so far' : ''}</span>
    ${pages.cursor
      ? html`<button class="button small" ?disabled=${pages.loading} @click=${() => pages.more()}>
          ${icon('chevron-down')}${pages.loading ? 'Loading…' : 'Show more'}
        </button>`
      : nothing}
  </div>`;
}

/**
 * A table of any length, of which only the rows in sight exist. `columns` are `{key, title, width?, numeric?}`; `cell`
 * draws one cell of a row.
 */
class VirtualTable extends Element {
  static properties = {
    rows: { attribute: false },
    columns: { attribute: false },
    cell: { attribute: false },
    rowClass: { attribute: false },
    label: {},
    first: { state: true },
    count: { state: true },
  };

  static ROW = 36;

  constructor() {
    super();
    /** @type {any[]} */
    this.rows = [];
    /** @type {{key: string, title: unknown, width?: string, numeric?: boolean}[]} */
    this.columns = [];
    this.cell = (row, column) => foreign(row[column.key], 120);
    this.rowClass = (_row) => '';
    this.label = '';
    this.first = 0;
    this.count = 30;
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    // While it is scrolled nothing of its size changes, and asking for it would cost a layout a frame.
    if (!changed.has('rows')) return;
    const frame = /** @type {HTMLElement} */ (this.querySelector('.virtual'));
    // As high as its rows, up to what the style sheet allows; set in code, since the policy forbids style attributes.
    frame.style.height = `${(Math.min(this.rows.length, 400) + 1) * VirtualTable.ROW + 2}px`;
    this.measure();
  }

  measure() {
    const frame = this.querySelector('.virtual');
    if (!frame) return;
    const first = Math.max(0, Math.floor(frame.scrollTop / VirtualTable.ROW) - 6);
    const count = Math.ceil(frame.clientHeight / VirtualTable.ROW) + 14;
    if (first !== this.first || count !== this.count) {
      this.first = first;
      this.count = count;
    }
  }

  /** Brings a row into sight. */
  scrollToRow(index) {
    const frame = this.querySelector('.virtual');
    if (frame) frame.scrollTop = Math.max(0, index * VirtualTable.ROW - frame.clientHeight / 2);
  }

  render() {
    const first = Math.min(this.first, Math.max(0, this.rows.length - 1));
    const shown = this.rows.slice(first, first + this.count);
    const below = Math.max(0, this.rows.length - first - shown.length);
    return html`<div class="virtual" tabindex="0" role="region" aria-label=${this.label} @scroll=${() => this.measure()}>
      <table class="table" aria-rowcount=${this.rows.length + 1}>
        <colgroup>
          ${this.columns.map((column) => html`<col width=${column.width ?? nothing} />`)}
        </colgroup>
        <thead>
          <tr>
            ${this.columns.map((column) => html`<th scope="col" class=${column.numeric ? 'numeric' : ''}>${column.title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${spacer(first * VirtualTable.ROW, this.columns.length)}
          ${shown.map(
            (row, i) => html`<tr class=${this.rowClass(row)} aria-rowindex=${first + i + 2}>
              ${this.columns.map((column) => html`<td class=${column.numeric ? 'numeric' : ''}>${this.cell(row, column, first + i)}</td>`)}
            </tr>`,
          )}
          ${spacer(below * VirtualTable.ROW, this.columns.length)}
        </tbody>
      </table>
    </div>`;
  }
}

/** Height without style attributes, which the policy forbids: a row of that height by the table's own attribute. */
function spacer(height, columns) {
  return height > 0
    ? html`<tr class="spacer" aria-hidden="true"><td colspan=${columns} height=${height}></td></tr>`
    : nothing;
}

define('t-virtual-table', VirtualTable);

/** What changed between two records, field by field; what stayed the same is shown when `all` says so. */
export function diffTable(before, after, { all = false, was = 'Before', now = 'After' } = {}) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const rows = names
    .map((name) => ({ name, old: before?.[name], fresh: after?.[name] }))
    .filter((row) => all || !same(row.old, row.fresh));
  if (!rows.length) return html`<p class="soft small">Nothing changes.</p>`;
  return html`<div class="table-frame">
    <table class="table diff">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">${was}</th>
          <th scope="col">${now}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => {
          const equal = same(row.old, row.fresh);
          return html`<tr class=${equal ? 'same' : ''}>
            <th scope="row">${fieldWord(row.name)}</th>
            <td class=${equal ? '' : 'was'}>${foreign(plain(row.old))}</td>
            <td class=${equal ? '' : 'now'}>${foreign(plain(row.fresh))}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** A value as text, also when it is an object. */
export function plain(value) {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
