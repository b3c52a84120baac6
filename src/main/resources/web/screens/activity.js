// @ts-check
/** What happened to deals, and who did what in the workspace. */
import { Element, define, html, nothing } from '../core/element.js';
import { api } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { navigate } from '../core/router.js';
import { ago, dateTime, field as fieldWord, source as sourceWord } from '../core/format.js';
import { bones, empty, failed, foreign, head, icon, sourceBadge } from '../kit/basics.js';
import { Pages, diffTable, pager, plain } from '../kit/tables.js';
import { tabs } from '../kit/tabs.js';

class Activity extends Element {
  static properties = { params: { attribute: false }, open: { state: true }, newer: { state: true } };

  constructor() {
    super();
    this.params = {};
    this.open = '';
    this.newer = 0;
    this.audit = location.pathname === '/audit';
    this.entries = new Pages(this, (cursor, signal) => api.get(this.audit ? '/audit' : '/activity', { signal, params: { cursor, limit: 50 } }));
    new LiveReader(
      this,
      (batch) => {
        const fresh = batch.filter((event) => event.subject || event.type === 'record.rejected').length;
        if (fresh) this.newer += fresh;
      },
      () => this.reload(),
    );
  }

  reload() {
    this.newer = 0;
    this.entries.reload();
  }

  render() {
    return html`${head('Activity', { sub: 'What happened to deals, and who did what.' })}
      <section class="card">
        ${tabs({
          id: 'log',
          label: 'Log',
          selected: this.audit ? 'audit' : 'activity',
          select: (code) => navigate(`/${code}`),
          items: [
            { code: 'activity', title: 'Deals', icon: 'activity' },
            { code: 'audit', title: 'Audit log', icon: 'shield-check' },
          ],
        })}
        <div role="tabpanel" id="log-panel" aria-labelledby="log-${this.audit ? 'audit' : 'activity'}">
          ${this.newer ? html`<div class="newer"><button class="button small" @click=${() => this.reload()}>${icon('chevron-up')}${this.newer} new</button></div>` : nothing}
          ${this.list()}
        </div>
      </section>`;
  }

  list() {
    const { entries } = this;
    if (!entries.started) return entries.error ? failed(entries.error, () => entries.reload()) : bones(8);
    if (!entries.items.length) return empty({ icon: 'activity', title: 'Nothing has happened yet' });
    return html`<ol class="entries">
        ${entries.items.map((one) => (this.audit ? this.auditEntry(one) : this.entry(one)))}
      </ol>
      ${pager(entries, 'entry', 'entries')}`;
  }

  entry(one) {
    return html`<li class="entry" data-row>
      ${sourceBadge(one.source)}
      <span class="grow">
        ${one.deal_id ? html`<a class="title wrap" href="/deals/${one.deal_id}">${foreign(one.deal_name ?? 'Deal', 120)}</a>` : nothing}
        <span class="sub wrap row">${foreign(one.text, 400)}</span>
      </span>
      <span class="tiny faint clip">${one.actor}</span>
      <time class="tiny faint" datetime=${one.at} title=${dateTime(one.at)}>${ago(one.at)}</time>
    </li>`;
  }

  auditEntry(one) {
    const details = Object.entries(one.details ?? {});
    const shown = this.open === one.id;
    return html`<li data-row>
      <button class="entry entry-line" aria-expanded=${shown} ?disabled=${!details.length} @click=${() => (this.open = shown ? '' : one.id)}>
        <span class="grow">
          <span class="title">${fieldWord(one.action.replaceAll('.', ' '))}</span>
          <span class="sub wrap row">${one.actor}${one.source ? ` · ${sourceWord(one.source)}` : ''}${one.subject ? html` · ${foreign(one.subject, 80)}` : nothing}</span>
        </span>
        <time class="tiny faint" datetime=${one.at} title=${dateTime(one.at)}>${ago(one.at)}</time>
        ${details.length ? icon(shown ? 'chevron-up' : 'chevron-down') : nothing}
      </button>
      ${shown ? html`<div class="padded">${this.details(one)}</div>` : nothing}
    </li>`;
  }

  details({ details, import_id: id, subject, action }) {
    const { before, after, ...others } = details;
    return html`<div class="stack">
      ${before || after ? diffTable(before ?? {}, after ?? {}) : nothing}
      ${Object.keys(others).length ? html`<dl class="facts">${Object.entries(others).map(([name, value]) => html`<dt>${fieldWord(name)}</dt><dd class="small">${foreign(plain(value), 600)}</dd>`)}</dl>` : nothing}
      <div class="row small">
        ${id ? html`<a href="/imports/${id}">The import</a>` : nothing}
        ${action?.startsWith('deal') && subject ? html`<a href="/deals/${subject}">The deal</a>` : nothing}
      </div>
    </div>`;
  }
}

define('t-activity', Activity);

/** The same with the audit log in front; an element of its own, so that going there loads it anew. */
class Audit extends Activity {}

define('t-audit', Audit);
