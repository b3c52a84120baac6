// @ts-check
/** Every file, batch and bulk call: what each brought, and the way to undo it. */
import { Element, define, html, nothing } from '../core/element.js';
import { api, may } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { ago, count, dateTime, source as sourceWord } from '../core/format.js';
import { badge, bones, empty, failed, foreign, head, icon } from '../kit/basics.js';
import { Pages, pager } from '../kit/tables.js';

export const IMPORT_STATES = {
  running: ['Running', 'accent'],
  done: ['Done', 'good'],
  failed: ['Failed', 'bad'],
  cancelled: ['Cancelled', 'warn'],
  rolled_back: ['Undone', ''],
};

export function importState(state) {
  const [word, tone] = IMPORT_STATES[state] ?? [state, ''];
  return badge(word, tone);
}

class Imports extends Element {
  constructor() {
    super();
    this.imports = new Pages(this, (cursor, signal) => api.get('/imports', { signal, params: { cursor, limit: 50 } }));
    new LiveReader(
      this,
      (batch) => {
        const news = batch.filter((event) => event.type === 'import.progress');
        if (!news.length) return;
        const byId = new Map(news.map((event) => [event.data.import_id, event.data]));
        let known = 0;
        this.imports.items = this.imports.items.map((one) => {
          const now = byId.get(one.import_id);
          if (!now) return one;
          known += 1;
          return { ...one, ...now };
        });
        if (known < byId.size) this.imports.reload();
        else this.requestUpdate();
      },
      () => this.imports.reload(),
    );
  }

  render() {
    return html`${head('Imports', {
        sub: 'Files, batches and bulk calls, newest first.',
        actions: may('ingest') ? html`<a class="button primary" href="/add/csv">${icon('upload')}Import a file</a>` : nothing,
      })}
      <section class="card">${this.list()}</section>`;
  }

  list() {
    const { imports } = this;
    if (!imports.started) return imports.error ? failed(imports.error, () => imports.reload()) : bones(7);
    if (!imports.items.length) {
      return empty({
        icon: 'file-up',
        title: 'Nothing was imported yet',
        text: 'Files you drop, and what other systems send in bulk, are listed here.',
        actions: may('ingest') ? html`<a class="button" href="/add/csv">${icon('upload')}Import a file</a>` : nothing,
      });
    }
    return html`<div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">State</th>
              <th scope="col" class="numeric">Rows</th>
              <th scope="col" class="numeric">Created</th>
              <th scope="col" class="numeric">Updated</th>
              <th scope="col" class="numeric">Refused</th>
              <th scope="col">Started</th>
            </tr>
          </thead>
          <tbody>
            ${imports.items.map(
              (one) => html`<tr data-row>
                <td>
                  <a class="clip deal-name" href="/imports/${one.import_id}">${foreign(one.file_name ?? `${sourceWord(one.source)} ${one.kind ?? ''}`, 80)}</a>
                  <span class="clip tiny faint">${sourceWord(one.source)} · ${one.actor}</span>
                </td>
                <td>${importState(one.state)}</td>
                <td class="numeric">${count(one.received)}</td>
                <td class="numeric">${count(one.created)}</td>
                <td class="numeric">${count(one.updated)}</td>
                <td class="numeric ${one.rejected ? 'bad' : ''}">${count(one.rejected)}</td>
                <td class="small soft"><time datetime=${one.started_at} title=${dateTime(one.started_at)}>${ago(one.started_at)}</time></td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${pager(imports, 'import')}`;
  }
}

define('t-imports', Imports);
