// @ts-check
/** The step in which columns get their meaning: what is missing first, then what is unclear, then everything. */
import { html, nothing } from '../../core/element.js';
import { STAGES, field as fieldWord, plural, stage as stageWord } from '../../core/format.js';
import { badge, foreign, icon, note } from '../../kit/basics.js';
import { segments } from '../../kit/tabs.js';

const FIELDS = [
  'name',
  'company',
  'value',
  'currency',
  'stage',
  'probability',
  'expected_close_date',
  'contact_name',
  'contact_email',
  'description',
  'external_id',
  'source_updated_at',
];

const ORDER_WORDS = { dmy: 'Day first', mdy: 'Month first', ymd: 'Year first' };
const DECIMAL_WORDS = { '.': 'Point before the decimals', ',': 'Comma before the decimals' };

/**
 * @param {any} panel
 * @param {import('./csv-file.js').CsvFile | undefined} file
 */
export function mapStep(panel, file) {
  if (!file?.preview) return nothing;
  const { preview } = file;
  return html`${panel.notices()} ${preview.missing.length ? missing(file) : nothing} ${preview.questions.map((question) => asked(file, question))}
    ${preview.check.unknown_stages.length ? stages(file) : nothing}
    <section class="stack">
      <div class="row between wrapping">
        <h2>${plural(preview.columns.length, 'column')}</h2>
        ${file.before.length ? html`<button class="button plain small" @click=${() => file.undo()}>${icon('undo-2')}Undo</button>` : nothing}
      </div>
      <div class="table-frame framed">
        <table class="table mapping">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Two of its values</th>
              <th scope="col">Goes to</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            ${preview.columns.map((column, i) => mapped(file, column, i))}
          </tbody>
        </table>
      </div>
    </section>
    <details>
      <summary class="small">The file itself: ${preview.encoding}, cells divided by ${preview.delimiter === '\t' ? 'tabs' : preview.delimiter}</summary>
      ${dialect(file)}
    </details>
    <div class="row">
      <button class="button primary" ?disabled=${preview.missing.length > 0 || file.busy} @click=${() => panel.go('review')}>
        Review ${plural(preview.total_rows, 'row')}${icon('chevron-right')}
      </button>
      ${file.busy ? html`<span class="small soft" role="status">Trying every row again…</span>` : nothing}
    </div>`;
}

function missing(file) {
  const free = file.preview.columns.filter((column) => !column.field);
  return html`<div class="note-box warn">
    ${icon('triangle-alert')}
    <div class="grow stack">
      <p><strong>Which column is the deal's name?</strong> Every deal needs one.</p>
      <label class="field narrow">
        <span class="hidden-text">Column of the deal's name</span>
        <select class="input" @change=${(event) => event.target.value !== '' && file.map(event.target.value, 'name')}>
          <option value="">Choose a column</option>
          ${(free.length ? free : file.preview.columns).map((column) => html`<option value=${column.header}>${column.header}: ${column.samples.slice(0, 2).join(', ')}</option>`)}
        </select>
      </label>
    </div>
  </div>`;
}

/** A question is asked once a column, on a cell of it. */
function asked(file, question) {
  const words = question.option === 'date_order' ? ORDER_WORDS : DECIMAL_WORDS;
  const readings = Object.entries(question.readings ?? {});
  return html`<div class="note-box warn">
    ${icon('circle-help')}
    <div class="grow stack">
      <p>
        <strong>How is “${foreign(question.value, 60)}” in ${foreign(question.column, 60)} meant?</strong>
        ${question.contradictory ? 'Some cells of this column speak for one way, some for another.' : `${plural(question.undecided ?? 0, 'cell')} can be read both ways.`}
      </p>
      ${segments(
        `Reading of ${question.column}`,
        file.told[question.option] || question.assumed || '',
        (way) => file.tell({ [question.option]: way }),
        (readings.length ? readings : Object.entries(words)).map(([way, reading]) => [
          way,
          readings.length ? `${words[way] ?? way}: ${typeof reading === 'object' ? JSON.stringify(reading) : reading}` : words[way],
        ]),
      )}
    </div>
  </div>`;
}

/** Stages that no rule knows: what they mean is kept for the next file. */
function stages(file) {
  const header = file.headerOf('stage') ?? '';
  return html`<section class="stack">
    <h2>Stages not known yet</h2>
    <p class="small soft">Left as they are, these deals begin in Discovery and keep the text. What you choose is remembered for files with these headers.</p>
    <ul class="entries framed">
      ${file.preview.check.unknown_stages.map(
        (one) => html`<li class="entry">
          <span class="grow"><span class="title">${foreign(one.text, 100)}</span> <span class="tiny faint">${plural(one.rows, 'row')}</span></span>
          <select class="input small narrow" aria-label="Stage for ${one.text}" @change=${(event) => event.target.value && file.translate(header, { [one.text]: event.target.value })}>
            <option value="">Discovery, text kept</option>
            ${STAGES.map((code) => html`<option value=${code}>${stageWord(code)}</option>`)}
          </select>
        </li>`,
      )}
    </ul>
  </section>`;
}

function mapped(file, column, index) {
  const { suggestion } = column;
  const told = column.header in file.told.mapping;
  return html`<tr>
    <th scope="row" class="wrap">${foreign(column.header || `Column ${index + 1}`, 80)}</th>
    <td class="small soft wrap">${column.samples.slice(0, 2).map((sample, i) => html`${i ? html`<span class="faint"> · </span>` : nothing}${foreign(sample, 40)}`)}</td>
    <td>
      <select class="input small" aria-label="Field for ${column.header}" ?disabled=${column.ignored} @change=${(event) => file.map(column.header, event.target.value || null)}>
        <option value="" ?selected=${!column.field}>${column.ignored ? 'Left out' : 'Kept with the deal'}</option>
        ${FIELDS.map((code) => html`<option value=${code} ?selected=${code === column.field}>${fieldWord(code)}</option>`)}
      </select>
    </td>
    <td class="small">
      ${told
        ? badge('You said so', 'accent')
        : column.field
          ? grade(column.confidence, suggestion?.applied ? suggestion.why : undefined)
          : suggestion
            ? html`<button class="button small" @click=${() => file.map(column.header, suggestion.field)}>
                ${icon('sparkles')}${fieldWord(suggestion.field)}? ${suggestion.why}
              </button>`
            : html`<span class="faint">${column.ignored ? 'Reasons of an earlier import' : 'No field of that name'}</span>`}
    </td>
  </tr>`;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function grade(confidence, why) {
  if (confidence >= 0.95) return badge(why ? capital(why) : 'Same name', 'good', 'check');
  if (confidence >= 0.7) return badge(why ? capital(why) : 'Known by this name', 'good', 'check');
  return badge(why ? capital(why) : 'Likely', 'warn');
}

function dialect(file) {
  const choice = (name, label, options) => html`<label class="field">
    <span class="label">${label}</span>
    <select class="input small" @change=${(event) => file.tell({ [name]: event.target.value })}>
      ${options.map(([code, word]) => html`<option value=${code} ?selected=${code === file.told[name]}>${word}</option>`)}
    </select>
  </label>`;
  return html`<div class="form padded">
    ${choice('encoding', 'Encoding', [['', `Found out: ${file.preview.encoding}`], ['UTF-8', 'UTF-8'], ['windows-1252', 'Western (windows-1252)'], ['windows-1250', 'Central European (windows-1250)'], ['windows-1251', 'Cyrillic (windows-1251)'], ['UTF-16LE', 'UTF-16']])}
    ${choice('delimiter', 'Cells divided by', [['', 'Found out'], [',', 'Comma'], [';', 'Semicolon'], ['tab', 'Tab'], ['|', 'Bar']])}
    ${choice('date_order', 'Dates', [['', 'Found out for each column'], ...Object.entries(ORDER_WORDS)])}
    ${choice('decimal', 'Amounts', [['', 'Found out for each column'], ...Object.entries(DECIMAL_WORDS)])}
  </div>`;
}
