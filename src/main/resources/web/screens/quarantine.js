// @ts-check
/** What could not be read, from every source: by cause, mended one by one, a group at a time, or in a spreadsheet. */
import { Element, Resource, define, html, nothing } from '../core/element.js';
import { api, may, segment } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { query, routerEvents, setQuery } from '../core/router.js';
import { ago, count, dateTime, field as fieldWord, plural, source as sourceWord } from '../core/format.js';
import { badge, bones, empty, failed, foreign, head, icon, note, sourceBadge } from '../kit/basics.js';
import { toast, toastError, ask } from '../kit/overlays.js';
import { Pages, pager, plain } from '../kit/tables.js';
import './record-fix.js';

/** The filters of the list, as they stand in the address. */
const FILTERS = ['source', 'import_id', 'field', 'error'];

const filter = () => Object.fromEntries(FILTERS.map((name) => [name, query()[name]]));

class Quarantine extends Element {
  static properties = { fixing: { state: true }, group: { state: true } };

  constructor() {
    super();
    /** The record in the drawer. @type {any} */
    this.fixing = undefined;
    /** The mending of a whole group. @type {{field: string, value: string, outcome?: any, busy?: boolean} | undefined} */
    this.group = undefined;
    this.records = new Pages(this, (cursor, signal) => api.get('/rejected', { signal, params: { ...filter(), cursor, limit: 50 } }));
    this.causes = new Resource(this, (signal) => {
      const { source, import_id } = query();
      return api.get('/rejected/causes', { signal, params: { source, import_id, limit: 100 } });
    });
    this.changed = () => {
      this.group = undefined;
      this.reload();
    };
    new LiveReader(
      this,
      (batch) => {
        if (!batch.some((event) => event.type === 'record.rejected')) return;
        this.causes.reloadSoon(2000);
        // The list is left alone while somebody reads it.
        this.newer = true;
        this.requestUpdate();
      },
      () => this.reload(),
    );
  }

  connectedCallback() {
    super.connectedCallback();
    routerEvents.addEventListener('changed', this.changed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    routerEvents.removeEventListener('changed', this.changed);
  }

  reload() {
    this.newer = false;
    this.records.reload();
    this.causes.reload();
  }

  render() {
    const { import_id } = query();
    const all = (this.causes.data?.items ?? []).reduce((sum, cause) => sum + cause.count, 0);
    return html`${head('Quarantine', {
      sub: 'Records that could not be read for certain. Nothing is guessed; nothing is lost.',
      actions: this.records.items.length
        ? html`<button class="button" @click=${() => this.download()}>${icon('download')}As a spreadsheet</button>`
        : nothing,
    })}
    ${import_id
      ? html`<div class="below">${note(html`Only what <a href="/imports/${import_id}">this import</a> could not read. <button class="button plain small" @click=${() => setQuery({ import_id: null })}>Show everything</button>`)}</div>`
      : nothing}
    <div class="split">
      ${this.causeList(all)}
      <section class="card" aria-label="Records">
        ${this.groupHead()}
        ${this.newer ? html`<div class="newer"><button class="button small" @click=${() => this.reload()}>${icon('chevron-up')}New records</button></div>` : nothing}
        ${this.list()}
      </section>
    </div>
    <t-drawer
      .open=${Boolean(this.fixing)}
      .heading=${this.fixing ? `${sourceWord(this.fixing.source)}${this.fixing.row ? `, row ${this.fixing.row}` : ''}` : ''}
      .content=${this.fixing
        ? html`<t-record-fix .record=${this.fixing} @taken=${(event) => this.taken(event)} @dismissed=${() => this.gone(this.fixing)}></t-record-fix>`
        : nothing}
      @closed=${() => (this.fixing = undefined)}
    ></t-drawer>`;
  }

  causeList(all) {
    const { field, error, source } = query();
    const causes = this.causes.data?.items ?? [];
    if (!causes.length) return nothing;
    const here = (cause) => cause.field === field && cause.error === error && (!source || cause.source === source);
    return html`<section class="card causes" aria-labelledby="causes">
      <header><h2 id="causes">Causes</h2><span class="tiny faint number">${count(all)}</span></header>
      <ul class="entries">
        <li><button class="entry" aria-pressed=${!field} @click=${() => setQuery({ field: null, error: null, source: null })}><span class="grow title">All of them</span></button></li>
        ${causes.map(
          (cause) => html`<li>
            <button class="entry" aria-pressed=${here(cause)} @click=${() => setQuery({ field: cause.field, error: cause.error, source: cause.source })}>
              <span class="grow">
                <span class="title wrap">${fieldWord(cause.field)} ${cause.error}</span>
                <span class="sub row">${sourceWord(cause.source)}${cause.example ? html` · <span class="clip">${foreign(cause.example, 40)}</span>` : nothing}</span>
              </span>
              <span class="badge number">${count(cause.count)}</span>
            </button>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  /** Mending a whole group: its outcome is shown before anything is changed. */
  groupHead() {
    const { field, error } = query();
    if (!field || !may('review')) return nothing;
    const group = this.group ?? { field: field ?? '', value: '' };
    const known = group.outcome;
    return html`<div class="padded group-head">
      <form class="row wrapping bottom" @submit=${(event) => this.tryGroup(event, true)}>
        <label class="field grow">
          <span class="label">${fieldWord(field)} for all of them</span>
          <input
            class="input small"
            .value=${group.value}
            placeholder=${error === 'is required' ? 'A value for every record here' : 'Leave empty to try them again as they are'}
            @input=${(event) => (this.group = { field, value: event.target.value })}
          />
        </label>
        <button class="button" ?disabled=${group.busy}>See what would happen</button>
      </form>
      ${known
        ? html`<div class="row wrapping" role="status">
            <span class="grow small"
              >${count(known.created)} would be created, ${count(known.updated)} updated, ${count(known.unchanged)} are known already,
              <strong>${count(known.rejected)} would still wait</strong>.</span
            >
            <button class="button primary small" ?disabled=${group.busy || known.received === known.rejected} @click=${(event) => this.tryGroup(event, false)}>
              Replay ${plural(known.received - known.rejected, 'record')}
            </button>
          </div>`
        : nothing}
    </div>`;
  }

  async tryGroup(event, dryRun) {
    event.preventDefault();
    const { field } = query();
    const value = this.group?.value.trim() ?? '';
    this.group = { field, value, busy: true, outcome: dryRun ? undefined : this.group?.outcome };
    try {
      const params = new URLSearchParams(Object.entries({ ...filter(), dry_run: dryRun ? 'true' : undefined }).filter(([, one]) => one));
      const outcome = await api.post(`/rejected/replay?${params}`, value ? { [field]: value } : {});
      if (dryRun) {
        this.group = { field, value, outcome };
        return;
      }
      this.group = undefined;
      toast(`${plural(outcome.received - outcome.rejected, 'record')} taken, ${count(outcome.rejected)} still waiting`, { tone: 'good' });
      setQuery(outcome.rejected ? {} : { field: null, error: null, source: null });
    } catch (error) {
      this.group = { field, value };
      toastError(error);
    }
  }

  list() {
    const { records } = this;
    if (!records.started) return records.error ? failed(records.error, () => records.reload()) : bones(7);
    if (!records.items.length) return empty({ icon: 'circle-check', title: 'Nothing waits', text: 'Every record that came in could be read.' });
    return html`<ul class="entries">
        ${records.items.map((record) => this.entry(record))}
      </ul>
      ${pager(records, 'record')}`;
  }

  entry(record) {
    const [first, ...more] = record.errors ?? [];
    return html`<li class="entry" data-row>
      <button class="entry-open grow" @click=${() => (this.fixing = record)} data-key="e">
        <span class="row wrapping">
          ${sourceBadge(record.source)}
          <span class="title wrap">${fieldWord(first?.field)} ${first?.error}</span>
          ${first?.value ? html`<code class="was-text clip">${foreign(first.value, 60)}</code>` : nothing}
          ${more.length ? badge(`+${more.length}`, 'warn') : nothing}
        </span>
        <span class="sub clip">${summary(record.raw)}</span>
      </button>
      <time class="tiny faint" datetime=${record.created_at} title=${dateTime(record.created_at)}>${ago(record.created_at)}</time>
      ${may('review')
        ? html`<button class="button plain small" data-key="r" aria-label="Replay as it is" title="Replay as it is" @click=${() => this.replay(record)}>${icon('rotate-ccw')}</button>`
        : nothing}
    </li>`;
  }

  async replay(record) {
    try {
      const taken = await api.post(`/rejected/${segment(record.id)}/replay`, {});
      this.gone(record, `${taken.deal.name} taken`);
    } catch (error) {
      toastError(error);
    }
  }

  taken(event) {
    this.gone(this.fixing, `${event.detail.deal.name} taken`);
  }

  gone(record, said = 'Dismissed') {
    this.fixing = undefined;
    this.records.items = this.records.items.filter((one) => one.id !== record.id);
    this.causes.reload();
    toast(said, { tone: 'good' });
    this.requestUpdate();
  }

  async download() {
    const yes = await ask({
      title: 'Mend them in a spreadsheet',
      text: 'You get the original columns with one more, “error”, that says why. Mend the rows and upload the file again as CSV: the last column is ignored then.',
      yes: 'Download',
    });
    if (!yes) return;
    try {
      await api.download('/rejected', 'quarantine.csv', { params: filter() });
    } catch (error) {
      toastError(error);
    }
  }
}

/** A record in one line, as it came. */
function summary(raw) {
  if (Array.isArray(raw)) return foreign(raw.filter(Boolean).join(' · '), 160);
  if (raw && typeof raw === 'object') return foreign(Object.values(raw).map(plain).filter(Boolean).join(' · '), 160);
  return foreign(raw, 160);
}

define('t-quarantine', Quarantine);
