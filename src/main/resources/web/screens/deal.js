// @ts-check
/** One deal: what is known of it and from where, how healthy it is and why, and everything that happened to it. */
import { Element, Resource, define, html, nothing } from '../core/element.js';
import { api, may, newOnce, segment } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { query, routerEvents, setQuery } from '../core/router.js';
import {
  STAGES,
  ago,
  count,
  dateTime,
  day,
  field as fieldWord,
  money,
  percent,
  plural,
  risk,
  source as sourceWord,
  stage as stageWord,
} from '../core/format.js';
import { badge, empty, foreign, head, icon, note, sourceBadge, view } from '../kit/basics.js';
import { bar, ring, riskTone } from '../kit/charts.js';
import { Form, field, rules } from '../kit/form.js';
import { toast, toastError } from '../kit/overlays.js';
import { Pages, diffTable, pager, plain } from '../kit/tables.js';
import { tabs } from '../kit/tabs.js';
import './deal/comments.js';
import { CAUSES } from './deal/scores.js';
import { healthCard } from './deal/health.js';
import { leadFacts, leadScore, statusBadge } from './lead-facts.js';
import './task-list.js';

const FACTS = ['name', 'company', 'value', 'stage', 'probability', 'expected_close_date', 'contact_name', 'contact_email', 'description', 'owner', 'external_id'];
const EDITED = ['name', 'company', 'value', 'currency', 'stage', 'probability', 'expected_close_date', 'contact_name', 'contact_email', 'description', 'owner'];
const ENGAGEMENTS = [
  ['call', 'Call'],
  ['meeting', 'Meeting'],
  ['email', 'E-mail'],
  ['note', 'Note'],
];

/** Kept with the deal in the words of its source, and asked for here because the score or a report rests on it. */
const NOTED = ['next_step', 'lost_reason'];

const LOST_REASONS = ['Price', 'Went with another', 'No budget', 'No decision', 'Bad timing'];

/** Which field of the form a factor of the score is mended in. */
const FIELD_OF = { next_step: 'next_step', close_date: 'expected_close_date', pushes: 'expected_close_date', likelihood: 'probability', exposure: 'probability', value: 'probability', velocity: 'stage' };

class DealScreen extends Element {
  static properties = { params: { attribute: false }, editing: { state: true } };

  constructor() {
    super();
    /** @type {{id?: string}} */
    this.params = {};
    this.editing = false;
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
        ${this.facts(deal, lineage)} ${this.insights(insights)} ${this.happenings()}
      </div>
      <div class="stack">
        ${healthCard(health, { act: may('ingest') && !deal.stage.startsWith('closed') ? (factor) => this.raise(factor) : undefined })} ${this.standing(deal, metrics)} ${this.tasks()} ${this.contact(lead)} ${this.sources(sources)}
        ${this.metadata(deal.source_metadata)}
      </div>
    </div>
    <t-drawer
      .open=${this.editing}
      .heading=${'Edit deal'}
      .content=${this.editForm()}
      .actions=${html`<button class="button" @click=${() => this.closeEdit()}>Cancel</button>
        <button class="button primary" ?disabled=${this.form.busy} @click=${() => this.save(deal)}>Save</button>`}
      @closed=${() => this.closeEdit()}
    ></t-drawer>`;
  }

  facts(deal, lineage) {
    const shown = {
      value: html`<span class="number">${money(deal.value, deal.currency)}</span> ${deal.value_estimated ? badge('estimated', 'warn') : nothing}`,
      stage: html`${stageWord(deal.stage)} <span class="faint small">since ${day(deal.stage_entered_at)}</span>`,
      probability: html`<span class="number">${percent(deal.probability)}</span>`,
      expected_close_date: deal.expected_close_date ? day(deal.expected_close_date) : '–',
    };
    return html`<section class="card" aria-labelledby="facts">
      <header><h2 id="facts">Facts</h2></header>
      <div class="table-frame">
        <table class="table facts-table">
          <thead class="hidden-text">
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Value</th>
              <th scope="col">Where from</th>
            </tr>
          </thead>
          <tbody>
            ${[...FACTS, ...NOTED.filter((name) => noted(deal, name))].map((name) => {
              const from = lineage?.[name];
              return html`<tr>
                <th scope="row">${fieldWord(name)}</th>
                <td class="wrap">${shown[name] ?? foreign(NOTED.includes(name) ? noted(deal, name) : deal[name], 2000)}</td>
                <td class="origin tiny faint">
                  ${from
                    ? html`<span title=${`${from.actor} · ${dateTime(from.at)}`}
                        >${from.assumed ? 'assumed, ' : ''}${sourceWord(from.source)}${from.row ? ` row ${from.row}` : ''}</span
                      >`
                    : nothing}
                </td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  standing(deal, metrics) {
    return html`<section class="card" aria-labelledby="standing">
      <header><h2 id="standing">Standing</h2></header>
      <div class="body">
        ${metrics.value_rank === null
          ? html`<p class="soft small">Closed deals are not ranked.</p>`
          : html`<div class="stack tight">
              <p class="small">
                Number <strong class="number">${count(metrics.value_rank)}</strong> by value of ${plural(metrics.total_active_deals, 'active deal')}
              </p>
              ${bar(metrics.percentile / 100)}
              <p class="tiny faint number">${metrics.percentile} % percentile · opened ${day(deal.created_at)} · last engagement ${ago(deal.last_engagement_at)}</p>
            </div>`}
      </div>
    </section>`;
  }

  insights({ status, items }) {
    return html`<section class="card" aria-labelledby="insights">
      <header>
        <h2 id="insights">Insights</h2>
        ${may('ingest')
          ? html`<button class="button plain small" ?disabled=${this.asking} @click=${() => this.analyse()}>
              ${icon('refresh-cw')}${this.asking ? 'Asked' : 'Analyse again'}
            </button>`
          : nothing}
      </header>
      ${items.length
        ? html`<ul class="entries">
            ${items.map(
              (one) => html`<li class="entry insight">
                ${badge({ risk: 'Risk', opportunity: 'Opportunity', action: 'Next step', market: 'Market' }[one.kind] ?? one.kind, { risk: 'bad', opportunity: 'good', action: 'accent' }[one.kind] ?? '')}
                <span class="grow stack tight">
                  <span class="title wrap">${foreign(one.title)}</span>
                  <span class="small soft wrap">${foreign(one.text, 1200)}</span>
                  <span class="tiny faint wrap">From ${one.evidence.map((name) => fieldWord(name)).join(', ') || 'no field'} · ${one.engine === 'rules' ? 'rule-based analyst' : (one.model ?? one.engine)}</span>
                </span>
              </li>`,
            )}
          </ul>`
        : html`<div class="body">
            <p class="soft small">${status === 'pending' ? 'The analysis is on its way; it appears here by itself.' : 'Nothing stands out.'}</p>
          </div>`}
    </section>`;
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
    this.requestUpdate();
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
    return this.tab === 'activity' ? this.activity() : this.past();
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

  past() {
    if (!this.history.items.length) return empty({ icon: 'clock', title: 'Nothing was changed yet' });
    // The hub keeps what a change replaced; what it put there is what the next newer change replaced, or stands there now.
    const after = { ...this.deal.data?.deal };
    const entries = this.history.items.map((one) => {
      const replaced = Object.entries(one.replaced ?? {}).filter(([name]) => EDITED.includes(name));
      const was = Object.fromEntries(replaced.map(([name, old]) => [name, old?.value ?? null]));
      const now = Object.fromEntries(replaced.map(([name]) => [name, after[name] ?? null]));
      Object.assign(after, was);
      return { ...one, was, now };
    });
    return html`<ol class="entries">
        ${entries.map(
          (one) => html`<li class="past">
            <div class="row between wrapping">
              <span class="small"
                ><strong>${CAUSES[one.cause] ?? fieldWord(one.cause)}</strong> <span class="soft">${sourceWord(one.source)}${one.row ? `, row ${one.row}` : ''} · ${one.actor}</span>
                ${one.import_id ? html`<a href="/imports/${one.import_id}">import</a>` : nothing} ${one.undone ? badge('taken back') : nothing}</span
              >
              <time class="tiny faint" datetime=${one.at} title=${dateTime(one.at)}>${ago(one.at)}</time>
            </div>
            ${Object.keys(one.was).length ? diffTable(one.was, one.now) : nothing}
          </li>`,
        )}
      </ol>
      ${pager(this.history, 'change')}`;
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

  sources(sources) {
    return html`<section class="card" aria-labelledby="sources">
      <header><h2 id="sources">Known to</h2></header>
      <ul class="entries">
        ${sources.map(
          (one) => html`<li class="entry">
            <span class="grow">${sourceBadge(one.source)}</span>
            <span class="tiny faint wrap">${one.external_ids.length ? foreign(one.external_ids.join(', ')) : 'no id of its own'}</span>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  metadata(metadata) {
    const entries = Object.entries(metadata ?? {});
    if (!entries.length) return nothing;
    return html`<details class="card">
      <summary><h2>More from the source</h2><span class="tiny faint">${plural(entries.length, 'field')}</span></summary>
      <div class="body">
        <dl class="facts">${entries.slice(0, 200).map(([name, value]) => html`<dt class="wrap">${foreign(name, 80)}</dt><dd class="small">${foreign(plain(value), 600)}</dd>`)}</dl>
      </div>
    </details>`;
  }

  edit(deal) {
    this.form.reset({ ...Object.fromEntries(EDITED.map((name) => [name, deal[name] ?? ''])), ...Object.fromEntries(NOTED.map((name) => [name, noted(deal, name)])) });
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

  editForm() {
    return html`<form class="form" @submit=${(event) => event.preventDefault()}>
      ${field(this.form, { name: 'name', label: 'Name', needed: true, whole: true })}
      ${field(this.form, { name: 'company', label: 'Company', whole: true })}
      ${field(this.form, { name: 'value', label: 'Value', inputmode: 'decimal' })} ${field(this.form, { name: 'currency', label: 'Currency' })}
      ${field(this.form, { name: 'stage', label: 'Stage', options: STAGES.map((code) => [code, stageWord(code)]) })}
      ${field(this.form, { name: 'probability', label: 'Probability, %', inputmode: 'decimal' })}
      ${field(this.form, { name: 'expected_close_date', label: 'Expected close', type: 'date' })}
      ${field(this.form, { name: 'owner', label: 'Owner', hint: 'Who looks after it; tasks go to them.' })}
      ${field(this.form, { name: 'contact_name', label: 'Contact name' })}
      ${field(this.form, { name: 'contact_email', label: 'Contact e-mail', type: 'email', whole: true })}
      ${field(this.form, { name: 'next_step', label: 'Next step', whole: true, placeholder: 'Send the offer' })}
      ${this.form.values.stage === 'closed_lost' ? field(this.form, { name: 'lost_reason', label: 'Why it was lost', whole: true, suggestions: LOST_REASONS }) : nothing}
      ${field(this.form, { name: 'description', label: 'Description', type: 'textarea', rows: 5, whole: true })}
    </form>`;
  }

  async save(deal) {
    const before = (name) => (NOTED.includes(name) ? noted(deal, name) : (deal[name] ?? ''));
    const changes = Object.fromEntries(
      [...EDITED, ...NOTED]
        .filter((name) => String(this.form.values[name] ?? '') !== String(before(name)))
        .map((name) => [name, this.form.values[name] === '' ? null : this.form.values[name]]),
    );
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

const noted = (deal, name) => String(deal.source_metadata?.[name] ?? '');

define('t-deal', DealScreen);
