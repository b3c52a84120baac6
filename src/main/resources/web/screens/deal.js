// @ts-check
/** One deal: what is known of it and from where, how healthy it is and why, and everything that happened to it. */
import { Element, Resource, define, html, nothing } from '../core/element.js';
import { api, may, newOnce, segment } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { query, routerEvents, setQuery } from '../core/router.js';
import { ago, dateTime, field as fieldWord, plural, stage as stageWord } from '../core/format.js';
import { badge, empty, foreign, head, icon, note, sourceBadge, view } from '../kit/basics.js';
import { Form, field, rules } from '../kit/form.js';
import { toast, toastError } from '../kit/overlays.js';
import { Pages, pager } from '../kit/tables.js';
import { tabs } from '../kit/tabs.js';
import './deal/comments.js';
import './deal/scores.js';
import { EDITED, FIELD_OF, changesTo, editForm, valuesOf } from './deal/edit.js';
import { factsCard, metadataCard, sourcesCard, standingCard } from './deal/facts.js';
import { healthCard } from './deal/health.js';
import { historyList } from './deal/history.js';
import { insightsCard } from './deal/insights.js';
import { leadFacts, leadScore, statusBadge } from './lead-facts.js';
import './task-list.js';

const ENGAGEMENTS = [
  ['call', 'Call'],
  ['meeting', 'Meeting'],
  ['email', 'E-mail'],
  ['note', 'Note'],
];

class DealScreen extends Element {
  static properties = { params: { attribute: false }, editing: { state: true }, asking: { state: true } };

  constructor() {
    super();
    /** @type {{id?: string}} */
    this.params = {};
    this.editing = false;
    this.asking = false;
    this.moved = () => this.requestUpdate();
    this.deal = new Resource(this, (signal) => api.get(`/${segment(this.params.id)}`, { signal }));
    this.activities = new Pages(this, (cursor, signal) => api.get(`/${segment(this.params.id)}/activities`, { signal, params: { cursor, limit: 30 } }));
    this.history = new Pages(this, (cursor, signal) => api.get(`/${segment(this.params.id)}/history`, { signal, params: { cursor, limit: 30 } }));
    this.form = new Form(this, {}, { name: rules.needed, value: rules.amount, probability: rules.share, contact_email: rules.mail, currency: rules.currency });
    this.logging = new Form(this, { type: 'call', text: '' }, { text: rules.needed });
    new LiveReader(
      this,
      (batch) => {
        if (batch.some((event) => event.subject === this.params.id)) {
          this.deal.reloadSoon(300);
          this.activities.reload();
          this.history.reload();
        }
      },
      () => this.deal.reload(),
    );
  }

  get tab() {
    return query().tab ?? 'activity';
  }

  connectedCallback() {
    super.connectedCallback();
    routerEvents.addEventListener('changed', this.moved);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    routerEvents.removeEventListener('changed', this.moved);
  }

  render() {
    if (!this.deal.data) return html`${head('Deal')}<section class="card">${view(this.deal, () => nothing, { lines: 9 })}</section>`;
    return this.content(this.deal.data);
  }

  content({ deal, lead, sources, health, insights, metrics, lineage, possible_duplicates: lookalikes = [] }) {
    document.title = `${deal.name} · Tributary`;
    const actions = may('ingest')
      ? html`<button class="button" @click=${() => this.edit(deal)}>${icon('pencil')}Edit</button>`
      : nothing;
    return html`${head(foreign(deal.name, 400), {
      sub: html`<span class="row wrapping">
        ${badge(stageWord(deal.stage), deal.stage === 'closed_won' ? 'good' : 'accent')} ${sourceBadge(deal.source)}
        ${deal.is_spam ? badge('Looks like spam', 'warn') : nothing}
        <span>${foreign(deal.company, 200)}</span>
        <span class="faint">Changed ${ago(deal.updated_at)}</span>
      </span>`,
      actions,
    })}
    ${lookalikes.length
      ? html`<div class="stack below">
          ${note(
            html`${plural(lookalikes.length, 'deal')} may be the same:
            ${lookalikes.map(
              (one, i) => html`${i ? ', ' : ''}<a href="/deals/${one.deal_id}">${foreign(one.why, 120)}</a> (${Math.round(one.score * 100)} %)`,
            )}`,
            'warn',
          )}
        </div>`
      : nothing}
    <div class="board">
      <div class="stack">
        ${factsCard(deal, lineage)} ${insightsCard(insights, { asking: this.asking, analyse: () => this.analyse() })} ${this.happenings()}
      </div>
      <div class="stack">
        ${healthCard(health, { act: may('ingest') && !deal.stage.startsWith('closed') ? (factor) => this.raise(factor) : undefined })} ${standingCard(deal, metrics)} ${this.tasks()} ${this.contact(lead)}
        ${sourcesCard(sources)}
        ${metadataCard(deal.source_metadata)}
      </div>
    </div>
    <t-drawer
      .open=${this.editing}
      .heading=${'Edit deal'}
      .content=${editForm(this.form)}
      .actions=${html`<button class="button" @click=${() => this.closeEdit()}>Cancel</button>
        <button class="button primary" ?disabled=${this.form.busy} @click=${() => this.save(deal)}>Save</button>`}
      @closed=${() => this.closeEdit()}
    ></t-drawer>`;
  }

  async analyse() {
    this.asking = true;
    try {
      await api.post(`/insights/${segment(this.params.id)}`, {});
      toast('A fresh analysis was asked for; it appears by itself.');
    } catch (error) {
      toastError(error);
    }
    this.asking = false;
  }

  happenings() {
    const items = [
      { code: 'activity', title: 'Activity' },
      { code: 'comments', title: 'Comments' },
      { code: 'scores', title: 'Score' },
    ];
    if (this.history.started) items.push({ code: 'history', title: 'History' });
    return html`<section class="card">
      ${tabs({ id: 'happenings', label: 'What happened', selected: this.tab, select: (code) => setQuery({ tab: code === 'activity' ? null : code }), items })}
      <div role="tabpanel" id="happenings-panel" aria-labelledby="happenings-${this.tab}" tabindex="0">
        ${this.shown()}
      </div>
    </section>`;
  }

  shown() {
    if (this.tab === 'comments') return html`<t-deal-comments .deal=${this.params.id}></t-deal-comments>`;
    if (this.tab === 'scores') return html`<t-deal-scores .deal=${this.params.id} .now=${this.deal.data?.deal}></t-deal-scores>`;
    return this.tab === 'activity' ? this.activity() : historyList(this.history, this.deal.data?.deal);
  }

  activity() {
    return html`${may('ingest') ? this.logForm() : nothing}
    ${this.activities.items.length
      ? html`<ol class="entries">
            ${this.activities.items.map(
              (one) => html`<li class="entry">
                ${badge(fieldWord(one.type.split('.').pop()))}
                <span class="grow small wrap">${foreign(one.text, 1000)}</span>
                <time class="tiny faint" datetime=${one.at} title=${`${one.actor} · ${dateTime(one.at)}`}>${ago(one.at)}</time>
              </li>`,
            )}
          </ol>
          ${pager(this.activities, 'entry', 'entries')}`
      : empty({ icon: 'activity', title: this.activities.loading ? 'Loading' : 'Nothing happened yet' })}`;
  }

  logForm() {
    return html`<form class="log" @submit=${(event) => this.log(event)}>
      ${field(this.logging, { name: 'type', label: 'What', options: /** @type {[string, string][]} */ (ENGAGEMENTS) })}
      ${field(this.logging, { name: 'text', label: 'What was said', placeholder: 'They want an offer by Friday' })}
      <button class="button" ?disabled=${this.logging.busy}>Log it</button>
    </form>`;
  }

  async log(event) {
    event.preventDefault();
    try {
      const logged = await this.logging.submit(
        () => api.post(`/${segment(this.params.id)}/activities`, { ...this.logging.filled(), at: new Date().toISOString() }, { once: newOnce() }),
        event.target,
      );
      if (!logged) return;
      this.logging.reset();
      toast('Logged. The health score counts it.', { tone: 'good' });
      this.activities.reload();
      this.deal.reload();
    } catch (error) {
      toastError(error);
    }
  }

  tasks() {
    return html`<section class="card" aria-labelledby="tasks">
      <header><h2 id="tasks">Tasks</h2></header>
      <t-task-list .deal=${this.params.id}></t-task-list>
    </section>`;
  }

  contact(lead) {
    if (!lead) return nothing;
    return html`<section class="card" aria-labelledby="lead">
      <header><h2 id="lead">Lead</h2>${statusBadge(lead.status)}</header>
      <div class="body stack">
        ${leadFacts(lead)} ${leadScore(lead)}
      </div>
    </section>`;
  }

  edit(deal) {
    this.form.reset(valuesOf(deal));
    this.editing = true;
  }

  /** Leads to where something can be done for a factor of the score. */
  async raise(factor) {
    const logged = ['engagement', 'trend'].includes(factor);
    if (logged) setQuery({ tab: null });
    else this.edit(this.deal.data.deal);
    await this.updateComplete;
    const name = logged ? 'text' : (FIELD_OF[factor] ?? EDITED.find((one) => !this.form.values[one]) ?? 'name');
    // A drawer takes the cursor to its first control when it opens.
    requestAnimationFrame(() => {
      const control = /** @type {HTMLElement | null} */ (this.querySelector(`#f-${name}`));
      control?.focus();
      control?.scrollIntoView({ block: 'center' });
    });
  }

  closeEdit() {
    this.editing = false;
  }

  async save(deal) {
    const changes = changesTo(deal, this.form.values);
    if (!Object.keys(changes).length) {
      this.closeEdit();
      return;
    }
    try {
      const answer = await this.form.submit(() => api.patch(`/${segment(deal.id)}`, changes), this);
      if (!answer) return;
      this.closeEdit();
      toast('Saved', { tone: 'good' });
      this.deal.reload();
      this.activities.reload();
      this.history.reload();
    } catch (error) {
      toastError(error);
    }
  }
}

define('t-deal', DealScreen);
