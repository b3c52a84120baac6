// @ts-check
/** The last step before anything is written: what would happen to every row, and the faults mended in place. */
import { html, nothing } from '../../core/element.js';
import { count, field as fieldWord, plural } from '../../core/format.js';
import { badge, bones, foreign, icon, note } from '../../kit/basics.js';
import { sentence } from '../../kit/form.js';
import { segments } from '../../kit/tabs.js';
import '../../kit/tables.js';
import { progress } from './csv.js';

/** So many different texts of one cause are offered to be mended at once. */
const MOST_TEXTS = 12;

/**
 * @param {any} panel
 * @param {import('./csv-file.js').CsvFile | undefined} file
 */
export function reviewStep(panel, file) {
  if (!file?.preview) return nothing;
  const { preview, trial } = file;
  const { problems, refused } = preview.check;
  const good = preview.total_rows - (trial?.rejected ?? refused);
  const bad = trial?.rejected ?? refused;
  return html`${panel.notices()}
    <section class="counts" aria-label="What would happen">
      ${figure('Would be created', trial?.created, 'good')} ${figure('Would be updated', trial?.updated)} ${figure('Known, unchanged', trial?.unchanged)}
      ${figure('Cannot be read', trial?.rejected, bad ? 'bad' : '')}
    </section>
    ${problems.length ? causes(file, problems) : trial ? note('Every row can be read.', 'good') : nothing} ${warnings(preview, trial)}
    <section class="stack">
      <div class="row between wrapping">
        <h2>Rows</h2>
        ${problems.length
          ? segments('Rows shown', panel.rowsOf, (of) => (panel.rowsOf = of), [
              ['faults', 'With a fault'],
              ['all', 'All'],
            ])
          : nothing}
      </div>
      ${table(panel, file)}
    </section>
    <div class="row wrapping sticky-foot">
      <button class="button primary" ?disabled=${file.busy || good + bad === 0} aria-busy=${file.busy} @click=${() => panel.run()}>
        ${icon('upload')}Import ${plural(good, 'row')}${bad ? html`, ${count(bad)} ${bad === 1 ? 'waits' : 'wait'} in quarantine` : nothing}
      </button>
      ${file.before.length ? html`<button class="button" @click=${() => file.undo()}>${icon('undo-2')}Undo the last change</button>` : nothing}
      ${file.busy ? html`<span class="grow small soft" role="status">${file.sent < 1 ? progress(file.sent) : 'Working…'}</span>` : nothing}
    </div>`;
}

function figure(word, number, tone = '') {
  return html`<div class="card padded">
    <span class="small soft">${word}</span>
    <span class="big number ${tone}">${number === undefined ? '…' : count(number)}</span>
  </div>`;
}

function causes(file, problems) {
  return html`<section class="stack">
    <h2>${plural(problems.length, 'cause')} to mend</h2>
    <ul class="stack">
      ${problems.map((problem) => cause(file, problem))}
    </ul>
    <p class="small soft">What you mend here is tried again at once. What you leave waits in quarantine, where each record can be mended by itself.</p>
  </section>`;
}

/** One cause with the texts that show it: mended text by text, or all left empty. */
function cause(file, problem) {
  const header = file.headerOf(problem.field);
  const known = (file.trial?.errors ?? []).filter((error) => error.field === problem.field && error.error === problem.error);
  const texts = [...new Set([...(problem.value ? [problem.value] : []), ...known.map((error) => error.value).filter(Boolean)].map(String))];
  const change = (event) => {
    event.preventDefault();
    const filled = [...new FormData(event.target).entries()].filter(([, meaning]) => String(meaning).trim());
    if (header && filled.length) file.translate(header, Object.fromEntries(filled.map(([text, meaning]) => [text, String(meaning).trim()])));
  };
  const emptied = () => file.translate(header, Object.fromEntries(texts.map((text) => [text, ''])));
  return html`<li class="framed">
    <details ?open=${texts.length > 0 && texts.length <= 4}>
      <summary class="entry">
        <span class="grow"><strong>${fieldWord(problem.field)}</strong> ${problem.error}</span>
        ${badge(plural(problem.rows, 'row'), 'bad')} <span class="tiny faint">first in row ${count(problem.first_row)}</span>
      </summary>
      <div class="padded stack">
        ${!texts.length || !header
          ? html`<p class="small soft">${sentence(problem.error)} in ${plural(problem.rows, 'row')}. These rows wait in quarantine and are mended there, each by itself.</p>`
          : html`<form class="stack" @submit=${change}>
              ${texts.slice(0, MOST_TEXTS).map(
                (text) => html`<label class="row mend">
                  <span class="was-text clip">${foreign(text, 60)}</span>${icon('chevron-right')}
                  <input class="input small" name=${text} placeholder="Write it so that it can be read" aria-label="In place of ${text}" />
                </label>`,
              )}
              ${texts.length > MOST_TEXTS ? html`<p class="tiny faint">and ${count(texts.length - MOST_TEXTS)} more</p>` : nothing}
              <div class="row wrapping">
                <button class="button small primary" ?disabled=${file.busy}>Mend ${texts.length === 1 ? 'it everywhere' : 'what is filled in'}</button>
                ${problem.field === 'name'
                  ? nothing
                  : html`<button type="button" class="button small" ?disabled=${file.busy} @click=${emptied}>Leave ${texts.length === 1 ? 'it' : `all ${texts.length}`} empty</button>`}
              </div>
            </form>`}
      </div>
    </details>
  </li>`;
}

function warnings(preview, trial) {
  const all = [...preview.warnings, ...(trial?.warnings ?? [])].map((one) => one.message);
  const once = [...new Set(all)].slice(0, 8);
  return once.length ? note(html`<ul class="stack tight">${once.map((text) => html`<li>${foreign(text, 300)}</li>`)}</ul>`, 'warn') : nothing;
}

function table(panel, file) {
  const { preview, trial } = file;
  const errors = new Map();
  for (const error of trial?.errors ?? []) errors.set(error.row, [...(errors.get(error.row) ?? []), error]);
  const columns = [
    { key: '#', title: 'Row', width: '64', numeric: true },
    ...preview.columns.slice(0, 40).map((column, i) => ({ key: i, field: column.field, title: column.header || `Column ${i + 1}`, width: '170' })),
  ];
  const all = preview.rows.map((cells, i) => ({ row: i + 1, cells }));
  const shown = panel.rowsOf === 'all' || !preview.check.problems.length ? all : all.filter((one) => errors.has(one.row));
  if (!trial && file.busy) return bones(6);
  if (!shown.length) return html`<p class="small soft">${errors.size ? 'The rows with a fault lie further down than can be shown here.' : 'No row has a fault.'}</p>`;
  const cell = (one, column) => {
    if (column.key === '#') return count(one.row);
    const fault = errors.get(one.row)?.find((error) => error.field === column.field);
    const text = one.cells[column.key] ?? '';
    return fault
      ? html`<span class="faulty" title=${`${fieldWord(fault.field)} ${fault.error}`}>${icon('circle-alert')}${text === '' ? 'empty' : foreign(text, 80)}</span>`
      : foreign(text, 80);
  };
  return html`<div class="framed"><t-virtual-table .rows=${shown} .columns=${columns} .cell=${cell} .label=${'Rows of the file'}></t-virtual-table></div>
    ${preview.total_rows > preview.rows.length ? html`<p class="tiny faint">The first ${count(preview.rows.length)} of ${count(preview.total_rows)} rows are shown; all were tried.</p>` : nothing}`;
}
