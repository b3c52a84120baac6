// @ts-check
/** A spreadsheet's way in: drop, map, review, run. Nothing is written before the last step. */
import { Element, define, html, nothing } from '../../core/element.js';
import { BASE, may, newOnce } from '../../core/api.js';
import { navigate } from '../../core/router.js';
import { ago, bytes, count, dateTime, percent, plural } from '../../core/format.js';
import { failed, foreign, icon, note } from '../../kit/basics.js';
import { toastError } from '../../kit/overlays.js';
import { snippet } from '../../kit/snippet.js';
import { CsvFile } from './csv-file.js';
import { mapStep } from './csv-map.js';
import { reviewStep } from './csv-review.js';

const MOST_BYTES = 500 * 1024 * 1024;
const STEPS = [
  ['drop', 'File'],
  ['map', 'Columns'],
  ['review', 'Review'],
];

class CsvWay extends Element {
  static properties = { step: { state: true }, over: { state: true }, rowsOf: { state: true } };

  constructor() {
    super();
    /** @type {'drop' | 'map' | 'review'} */
    this.step = 'drop';
    this.over = false;
    /** Which rows the review shows: all of them, or those with a fault. @type {'faults' | 'all'} */
    this.rowsOf = 'faults';
    /** @type {CsvFile | undefined} */
    this.file = undefined;
    this.once = newOnce();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.file?.stop();
  }

  render() {
    if (!may('ingest')) return note('This session may read, but not hand in deals. Sign in with a key that has the scope ingest.', 'warn');
    return html`<div class="stack wide">
      ${this.file ? this.steps() : nothing} ${this.file?.error ? this.trouble() : nothing}
      ${this.step === 'drop' ? this.drop() : this.step === 'map' ? mapStep(this, this.file) : reviewStep(this, this.file)}
    </div>`;
  }

  steps() {
    const { file } = /** @type {CsvFile} */ (this.file);
    return html`<div class="row between wrapping">
      <ol class="steps">
        ${STEPS.map(
          ([code, word], i) => html`<li aria-current=${code === this.step ? 'step' : nothing}>
            <button
              class="button plain small"
              ?disabled=${!this.file?.preview || (code === 'review' && Boolean(this.file.preview.missing.length))}
              @click=${() => this.go(code)}
            >
              <span class="badge ${code === this.step ? 'accent' : ''}">${i + 1}</span>${word}
            </button>
          </li>`,
        )}
      </ol>
      <span class="row small soft">
        ${icon('file-spreadsheet')}<span class="clip">${foreign(file.name, 60)}</span><span class="faint">${bytes(file.size)}</span>
        <button class="button plain small" @click=${() => this.clear()}>${icon('x')}Another file</button>
      </span>
    </div>`;
  }

  go(step) {
    if (step === 'drop') this.clear();
    else this.step = step;
  }

  clear() {
    this.file?.stop();
    this.file = undefined;
    this.step = 'drop';
    this.once = newOnce();
  }

  trouble() {
    const { error } = /** @type {CsvFile} */ (this.file);
    const details = error.details?.filter((one) => one.field === 'file') ?? [];
    if (error.status === 422 || error.status === 400) {
      return note(
        html`<p><strong>This file cannot be read.</strong> ${details.length ? `It ${details[0].error}.` : error.message}</p>
          <p>Check that it is a table saved as CSV or xlsx with a row of headers.</p>`,
        'bad',
      );
    }
    return failed(error, () => this.file?.look());
  }

  drop() {
    const looking = this.file?.busy;
    return html`<div class="two">
      <div
        class="dropzone ${this.over ? 'over' : ''}"
        @dragover=${(event) => {
          event.preventDefault();
          this.over = true;
        }}
        @dragleave=${() => {
          this.over = false;
        }}
        @drop=${(event) => this.take(event, event.dataTransfer.files)}
      >
        ${looking
          ? html`<div class="state" role="status">
              ${icon('file-spreadsheet')}
              <p class="title">Reading ${foreign(this.file?.file.name, 60)}</p>
              <p>${(this.file?.sent ?? 0) < 1 ? `${percent((this.file?.sent ?? 0) * 100)} sent` : 'Trying every row by the rules of the import. Nothing is written yet.'}</p>
              ${progress(this.file?.sent ?? 0)}
              <div class="row"><button class="button small" @click=${() => this.clear()}>Stop</button></div>
            </div>`
          : html`<div class="state">
              ${icon('upload')}
              <p class="title">Drop a file here</p>
              <p>CSV in any dialect and encoding, Excel (xlsx), gzipped or zipped; up to 500 MB. Exports of HubSpot, Salesforce and Pipedrive are recognised.</p>
              <div class="row">
                <label class="button primary">
                  <input class="hidden-text" type="file" accept=".csv,.tsv,.txt,.xlsx,.gz,.zip,text/csv" @change=${(event) => this.take(event, event.target.files)} />
                  Choose a file
                </label>
              </div>
            </div>`}
      </div>
      <div class="stack docs">
        <h2>What happens</h2>
        <ul class="bullets small soft">
          <li>Every row is tried before anything is written.</li>
          <li>Good rows go in; each bad one waits in quarantine with its reason.</li>
          <li>The same file again changes nothing, and an import can be undone.</li>
        </ul>
        <h2>By a script</h2>
        ${snippet('curl', `curl ${location.origin}${BASE}/csv/upload \\\n  -H "Authorization: Bearer $TRIBUTARY_KEY" \\\n  -F file=@deals.csv`)}
        <p class="small soft">Or put it into the drop folder <code>inbox/&lt;tenant&gt;/</code> of the hub; its result appears beside it.</p>
      </div>
    </div>`;
  }

  async take(event, files) {
    event.preventDefault();
    this.over = false;
    const file = files?.[0];
    if (!file) return;
    if (file.size > MOST_BYTES) {
      toastError(new Error(`${file.name} is larger than 500 MB. Split it, or send it as NDJSON by the API.`));
      return;
    }
    this.file = new CsvFile(file, () => this.requestUpdate());
    await this.file.look();
    const { preview } = this.file ?? {};
    if (!preview) return;
    // What is clear already needs no step of its own; the way back stands above.
    const clear = !preview.missing.length && !preview.questions.length;
    this.step = clear && (preview.remembered_mapping || preview.export_of) ? 'review' : 'map';
  }

  /** What was noticed about the file as a whole. */
  notices() {
    const { preview } = /** @type {CsvFile} */ (this.file);
    const { remembered_mapping: remembered, imported_before: earlier, export_of: system } = preview;
    return html`${earlier
      ? note(
          html`This file was <a href="/imports/${earlier.import_id}">imported ${ago(earlier.at)}</a>
            (${dateTime(earlier.at)}). Importing it again changes nothing, unless its columns are read in another way now.`,
        )
      : nothing}
    ${remembered && !Object.keys(this.file?.told.mapping ?? {}).length
      ? note(html`The columns are read as in the last file with these headers, by ${remembered.actor}. You can change that under Columns.`)
      : nothing}
    ${system ? note(html`Recognised as an export of ${system.charAt(0).toUpperCase() + system.slice(1)}: its record ids become the deals' external ids.`) : nothing}
    ${preview.trailer_rows ? note(html`${plural(preview.trailer_rows, 'line')} after the data, such as totals, ${preview.trailer_rows === 1 ? 'is' : 'are'} left out.`) : nothing}`;
  }

  async run() {
    if (!this.file) return;
    try {
      navigate(`/imports/${await this.file.run(this.once)}`);
    } catch (error) {
      if (/** @type {any} */ (error).status >= 400) this.once = newOnce();
      toastError(error);
    }
  }
}

/** How far something is, from 0 to 1. */
export function progress(share) {
  return html`<svg class="progress" viewBox="0 0 100 6" preserveAspectRatio="none" role="progressbar" aria-label="Progress" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(share * 100)}>
    <rect width="100" height="6"></rect>
    <rect class="done" width=${share * 100} height="6"></rect>
  </svg>`;
}

export const rows = (number) => (Number(number) === 1 ? '1 row' : `${count(number)} rows`);

define('t-add-csv', CsvWay);
