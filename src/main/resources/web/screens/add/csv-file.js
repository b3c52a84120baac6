// @ts-check
/** One file on its way in: what was said of it, what the hub makes of it, and the way back to what was said before. */
import { api } from '../../core/api.js';

/** So many rows are shown at most; every row is tried. */
const SHOWN_ROWS = 10_000;

/**
 * What was said of a file in place of what the hub finds out. A header absent from `mapping` is left to the hub.
 * @typedef {{mapping: Record<string, string | null>, values: Record<string, Record<string, string>>, decimal: string,
 *   date_order: string, encoding: string, delimiter: string}} Told
 */

/** @type {Told} */
const NOTHING = { mapping: {}, values: {}, decimal: '', date_order: '', encoding: '', delimiter: '' };

export class CsvFile {
  /**
   * @param {File} file
   * @param {() => void} changed called whenever there is something new to show
   */
  constructor(file, changed) {
    this.file = file;
    this.changed = changed;
    this.told = NOTHING;
    /** @type {Told[]} */
    this.before = [];
    /** @type {any} */
    this.preview = undefined;
    /** The answer of a dry run of what is told now. @type {any} */
    this.trial = undefined;
    /** @type {any} */
    this.error = undefined;
    this.sent = 0;
    this.busy = false;
  }

  /** Says more of the file, and looks at it again. */
  tell(changes) {
    this.before = [...this.before.slice(-49), this.told];
    this.told = { ...this.told, ...changes };
    return this.look();
  }

  /** Says which field a column feeds; null for none. */
  map(header, field) {
    return this.tell({ mapping: { ...this.mapping(), [header]: field } });
  }

  /** Says what texts of a column stand for. */
  translate(header, texts) {
    return this.tell({ values: { ...this.told.values, [header]: { ...this.told.values[header], ...texts } } });
  }

  undo() {
    const last = this.before.at(-1);
    if (!last) return undefined;
    this.before = this.before.slice(0, -1);
    this.told = last;
    return this.look();
  }

  /** What is said and what the hub has found, so that a first word of ours does not unsay what it remembers. */
  mapping() {
    if (Object.keys(this.told.mapping).length || !this.preview?.remembered_mapping) return this.told.mapping;
    return { ...this.preview.remembered_mapping.mapping };
  }

  form(more = {}) {
    const form = new FormData();
    const { mapping, values, ...options } = this.told;
    if (Object.keys(mapping).length) form.set('mapping', JSON.stringify(mapping));
    if (Object.keys(values).length) form.set('values', JSON.stringify(values));
    for (const [name, value] of Object.entries({ ...options, ...more })) if (value) form.set(name, String(value));
    form.set('file', this.file);
    return form;
  }

  /** Asks the hub how it understands the file, and whether each row could be taken. */
  async look() {
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    this.busy = true;
    this.error = undefined;
    this.changed();
    try {
      const progress = (share) => {
        this.sent = share;
        this.changed();
      };
      const preview = await api.upload('/csv/preview', this.form({ limit: SHOWN_ROWS }), { progress, signal: abort.signal });
      if (abort.signal.aborted) return;
      this.preview = preview;
      this.trial = undefined;
      if (!preview.missing.length) {
        const trial = await api.upload('/csv/upload', this.form({ dry_run: 'true' }), { signal: abort.signal });
        if (abort.signal.aborted) return;
        this.trial = trial;
      }
    } catch (error) {
      if (abort.signal.aborted) return;
      this.error = error;
    }
    this.busy = false;
    this.changed();
  }

  /** Hands the file over; the import goes on by itself. Returns its id. */
  async run(once) {
    this.busy = true;
    this.sent = 0;
    this.changed();
    try {
      const answer = await api.upload('/csv/upload', this.form(), {
        headers: { Prefer: 'respond-async', 'Idempotency-Key': once },
        progress: (share) => {
          this.sent = share;
          this.changed();
        },
      });
      return answer.import_id;
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  stop() {
    this.abort?.abort();
  }

  /** The header of the column that feeds a field. */
  headerOf(field) {
    return this.preview?.columns.find((column) => column.field === field)?.header;
  }
}
