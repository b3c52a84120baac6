// @ts-check
/** One import, while it runs and afterwards: close the tab and come back, everything is here. */
import { Element, Resource, define, html, nothing } from '../core/element.js';
import { api, may, segment } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { bytes, count, dateTime, duration, field as fieldWord, plural, source as sourceWord } from '../core/format.js';
import { foreign, head, icon, note, view } from '../kit/basics.js';
import { ask, toast, toastError } from '../kit/overlays.js';
import { progress } from './add/csv.js';
import { importState } from './imports.js';

class ImportScreen extends Element {
  static properties = { params: { attribute: false }, busy: { state: true }, undoing: { state: true } };

  constructor() {
    super();
    /** @type {{id?: string}} */
    this.params = {};
    this.busy = false;
    /** What undoing would do, or has done. @type {any} */
    this.undoing = undefined;
    this.import = new Resource(this, (signal) => api.get(`/imports/${segment(this.params.id)}`, { signal }));
    new LiveReader(
      this,
      (batch) => {
        const news = batch.filter((event) => event.type === 'import.progress' && event.data.import_id === this.params.id).at(-1);
        if (!news) return;
        // The answer itself, with its faults, is read once it has come to an end; what is being read may be older than that.
        if (news.data.state !== 'running') this.import.reload();
        else if (this.import.data) this.import.data = { ...this.import.data, ...news.data };
        this.requestUpdate();
      },
      () => this.import.reload(),
    );
  }

  connectedCallback() {
    super.connectedCallback();
    // Progress comes by the feed; this is for a person whose feed is down.
    this.clock = setInterval(() => this.import.data?.state === 'running' && this.import.reload(), 5000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.clock);
  }

  render() {
    const one = this.import.data;
    if (!one) return html`${head('Import')}<section class="card">${view(this.import, () => nothing, { lines: 6 })}</section>`;
    const name = one.file_name ?? `${sourceWord(one.source)} ${one.kind ?? 'import'}`;
    document.title = `${name} · Tributary`;
    return html`${head(foreign(name, 120), {
      sub: html`<span class="row wrapping">${importState(one.state)} <span>${sourceWord(one.source)} · started ${dateTime(one.started_at)} by ${one.actor}</span></span>`,
      actions: this.actions(one),
    })}
    <div class="stack">
      ${one.state === 'running' ? this.running(one) : nothing}
      ${one.failure ? note(html`<strong>It ended early.</strong> ${one.failure} What was taken before that stays.`, 'bad') : nothing}
      ${this.undoing ? this.undone() : nothing}
      <section class="counts" aria-label="Result">
        ${figure('Rows', one.received)} ${figure('Created', one.created, 'good')} ${figure('Updated', one.updated)} ${figure('Known, unchanged', one.unchanged)}
        ${figure('Refused', one.rejected, one.rejected ? 'bad' : '')}
      </section>
      ${one.rejected && one.state !== 'rolled_back' ? this.refused(one) : nothing} ${this.warnings(one)}
    </div>`;
  }

  actions(one) {
    if (one.state === 'running') {
      return may('ingest') ? html`<button class="button" ?disabled=${this.busy} @click=${() => this.cancel()}>${icon('x')}Cancel</button>` : nothing;
    }
    const back = one.state !== 'rolled_back' && may('review') && one.created + one.updated > 0;
    return html`${back ? html`<button class="button" ?disabled=${this.busy} @click=${() => this.undo()}>${icon('undo-2')}Undo import</button>` : nothing}
      ${one.created ? html`<a class="button" href="/deals">${icon('list')}See the deals</a>` : nothing}`;
  }

  running(one) {
    const share = one.bytes_total ? one.bytes_read / one.bytes_total : one.progress?.total ? one.progress.position / one.progress.total : undefined;
    const seconds = (Date.now() - Date.parse(one.started_at)) / 1000;
    const left = share && share > 0.02 ? (seconds / share) * (1 - share) : undefined;
    return html`<section class="card padded stack" role="status">
      <div class="row between"><span>${plural(one.received, 'row')} so far</span><span class="small soft number">${one.bytes_total ? `${bytes(one.bytes_read)} of ${bytes(one.bytes_total)}` : nothing}${left ? ` · about ${duration(left)} left` : nothing}</span></div>
      ${progress(share ?? 0)}
      <p class="small soft">It goes on by itself. You can close this page and come back.</p>
    </section>`;
  }

  refused(one) {
    const errors = one.errors ?? [];
    return html`<section class="card" aria-labelledby="refused">
      <header>
        <h2 id="refused">${plural(one.rejected, 'row')} in quarantine</h2>
        <span class="row wrapping">
          <button class="button small" @click=${() => this.download(one)}>${icon('download')}As a spreadsheet</button>
          <a class="button small primary" href="/quarantine?import_id=${one.import_id}">Mend them</a>
        </span>
      </header>
      <div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">Field</th>
              <th scope="col">Value</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            ${errors.slice(0, 100).map(
              (error) => html`<tr>
                <td class="number">${count(error.row)}</td>
                <td>${fieldWord(error.field)}</td>
                <td class="wrap">${foreign(error.value, 120)}</td>
                <td class="wrap">${error.error}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  warnings(one) {
    const all = [...new Set((one.warnings ?? []).map((warning) => warning.message))].slice(0, 20);
    return all.length ? note(html`<ul class="stack tight">${all.map((text) => html`<li>${foreign(text, 300)}</li>`)}</ul>`, 'warn') : nothing;
  }

  async cancel() {
    const yes = await ask({ title: 'Cancel this import?', text: 'What was taken so far stays, and can be undone afterwards.', yes: 'Cancel the import', danger: true });
    if (yes) await this.act(() => api.post(`/imports/${segment(this.params.id)}/cancel`, {}));
  }

  async undo() {
    this.busy = true;
    try {
      const preview = await api.get(`/imports/${segment(this.params.id)}/rollback`);
      this.busy = false;
      const yes = await ask({
        title: 'Undo this import?',
        text: html`<ul class="bullets">
            <li>${plural(preview.removed, 'deal')} it created ${preview.removed === 1 ? 'goes' : 'go'} away.</li>
            <li>${plural(preview.restored, 'deal')} it changed ${preview.restored === 1 ? 'gets its' : 'get their'} old values back.</li>
            ${preview.kept ? html`<li>${plural(preview.kept, 'deal')} stay as newer changes made ${preview.kept === 1 ? 'it' : 'them'}.</li>` : nothing}
          </ul>
          ${newer(preview.newer)}`,
        yes: 'Undo import',
        danger: true,
      });
      if (yes) {
        await this.act(async () => {
          this.undoing = await api.post(`/imports/${segment(this.params.id)}/rollback`, {});
        });
      }
    } catch (error) {
      toastError(error);
    }
    this.busy = false;
  }

  undone() {
    const { undoing } = this;
    return note(
      html`<p><strong>Undone.</strong> ${plural(undoing.removed ?? 0, 'deal')} removed, ${count(undoing.restored ?? 0)} restored, ${count(undoing.kept ?? 0)} kept by newer changes.</p>
        ${newer(undoing.newer)}`,
      'good',
    );
  }

  async act(work) {
    this.busy = true;
    try {
      await work();
      toast('Done', { tone: 'good' });
    } catch (error) {
      toastError(error);
    }
    this.busy = false;
    this.import.reload();
  }

  async download(one) {
    try {
      await api.download('/rejected', `${(one.file_name ?? 'import').replace(/\.\w+$/, '')}.rejected.csv`, { params: { import_id: one.import_id } });
    } catch (error) {
      toastError(error);
    }
  }
}

function newer(list) {
  if (!list?.length) return nothing;
  return html`<details>
    <summary class="small">What newer changes keep</summary>
    <ul class="bullets small">
      ${list.slice(0, 20).map((one) => html`<li>${foreign(one.name, 60)}${one.field ? html`: ${fieldWord(one.field)}` : ' as a whole'}</li>`)}
    </ul>
  </details>`;
}

function figure(word, number, tone = '') {
  return html`<div class="card padded"><span class="small soft">${word}</span><span class="big number ${tone}">${count(number)}</span></div>`;
}

define('t-import', ImportScreen);
