// @ts-check
/** The people behind the deals: how promising each is and why, and where they stand with us. */
import { Element, Resource, define, html, nothing } from '../core/element.js';
import { api, may, segment } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { query, routerEvents, setQuery } from '../core/router.js';
import { ago, dateTime, field as fieldWord, money, stage as stageWord } from '../core/format.js';
import { bones, empty, failed, foreign, head, icon, sourceBadge, view } from '../kit/basics.js';
import { toast, toastError } from '../kit/overlays.js';
import { Pages, pager } from '../kit/tables.js';
import { STATUSES, fullName, leadFacts, leadScore, setStatus, statusBadge } from './lead-facts.js';

class Leads extends Element {
  static properties = { open: { state: true }, newer: { state: true } };

  constructor() {
    super();
    /** The lead in the drawer. @type {any} */
    this.open = undefined;
    this.newer = 0;
    this.leads = new Pages(this, (cursor, signal) => {
      const { q, status } = query();
      return api.get('/leads', { signal, params: { q, status, limit: 50, cursor } });
    });
    this.deals = new Resource(this, (signal) =>
      this.open?.email ? api.get('', { signal, params: { q: this.open.email, limit: 20 } }) : Promise.resolve({ items: [] }),
    );
    this.changed = () => {
      this.newer = 0;
      this.leads.reload();
    };
    new LiveReader(
      this,
      (batch) => {
        this.newer += batch.filter((event) => event.type === 'deal.created').length;
      },
      () => this.leads.reload(),
    );
  }

  connectedCallback() {
    super.connectedCallback();
    routerEvents.addEventListener('changed', this.changed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    routerEvents.removeEventListener('changed', this.changed);
    clearTimeout(this.typing);
  }

  render() {
    const { q = '', status = '' } = query();
    return html`${head('Leads', { sub: 'The people behind the deals, how promising each is, and why.' })}
      <section class="card">
        <header class="filters">
          <label class="field grow">
            <span class="hidden-text">Search name, company and address</span>
            <input class="input small" type="search" data-search placeholder="Search name, company, address" .value=${q} @input=${(event) => this.search(event)} />
          </label>
          <label class="field">
            <span class="hidden-text">Status</span>
            <select class="input small" @change=${(event) => setQuery({ status: event.target.value })}>
              <option value="">Status: all</option>
              ${STATUSES.map((code) => html`<option value=${code} ?selected=${code === status}>${fieldWord(code)}</option>`)}
            </select>
          </label>
        </header>
        ${this.newer ? html`<div class="newer"><button class="button small" @click=${this.changed}>${icon('refresh-cw')}Show what came in</button></div>` : nothing}
        ${this.list(Boolean(q || status))}
      </section>
      <t-drawer
        .open=${Boolean(this.open)}
        .heading=${this.open ? fullName(this.open) || this.open.email || 'Lead' : ''}
        .content=${this.open ? this.lead(this.open) : nothing}
        @closed=${() => (this.open = undefined)}
      ></t-drawer>`;
  }

  search(event) {
    clearTimeout(this.typing);
    const { value } = event.target;
    this.typing = setTimeout(() => setQuery({ q: value }), 250);
  }

  list(filtered) {
    const { leads } = this;
    if (!leads.started) return leads.error ? failed(leads.error, () => leads.reload()) : bones(8);
    if (!leads.items.length) {
      return filtered
        ? empty({ icon: 'search', title: 'No lead fits', text: 'Loosen a filter, or search for less.' })
        : empty({ icon: 'users-round', title: 'No leads yet', text: 'A deal that names a contact brings one.' });
    }
    return html`<div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Lead</th>
              <th scope="col" class="numeric">Score</th>
              <th scope="col">Status</th>
              <th scope="col" class="roomy">Source</th>
              <th scope="col" class="roomy">Came</th>
            </tr>
          </thead>
          <tbody>
            ${leads.items.map(
              (lead) => html`<tr data-row>
                <td>
                  <button class="link clip deal-name" data-key="Enter" @click=${() => this.show(lead)}>${foreign(fullName(lead) || lead.email, 120)}</button>
                  <span class="clip tiny faint">${foreign([fullName(lead) ? lead.email : '', lead.company].filter(Boolean).join(' · '), 160)}</span>
                </td>
                <td class="numeric">${lead.ai_score ?? '–'}</td>
                <td>${statusBadge(lead.status)}</td>
                <td class="roomy">${sourceBadge(lead.source)}</td>
                <td class="small soft roomy"><time datetime=${lead.created_at} title=${dateTime(lead.created_at)}>${ago(lead.created_at)}</time></td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${pager(leads, 'lead')}`;
  }

  show(lead) {
    this.open = lead;
    this.deals.data = undefined;
    this.deals.reload();
  }

  lead(lead) {
    return html`<div class="stack wide">
      ${leadFacts(lead)}
      ${may('ingest')
        ? html`<label class="field"
            ><span class="label">Status</span
            ><select class="input" @change=${(event) => this.move(lead, event.target.value)}>
              ${STATUSES.map((code) => html`<option value=${code} .selected=${code === lead.status}>${fieldWord(code)}</option>`)}
            </select></label
          >`
        : html`<div>${statusBadge(lead.status)}</div>`}
      ${leadScore(lead)}
      <div class="stack tight">
        <h3>Deals</h3>
        ${view(
          this.deals,
          ({ items }) => {
            const own = items.filter((deal) => deal.lead_id === lead.id);
            return own.length
              ? html`<ul class="entries framed">
                  ${own.map(
                    (deal) => html`<li>
                      <a class="entry" href="/deals/${deal.id}"
                        ><span class="grow"><span class="title clip">${foreign(deal.name, 90)}</span><span class="sub clip">${stageWord(deal.stage)}</span></span
                        ><span class="number small">${money(deal.value, deal.currency)}</span></a
                      >
                    </li>`,
                  )}
                </ul>`
              : html`<p class="small soft">None by this address.</p>`;
          },
          { lines: 2 },
        )}
      </div>
    </div>`;
  }

  async move(lead, status) {
    try {
      const { lead: moved } = await setStatus(lead, status);
      this.open = { ...lead, ...moved };
      this.leads.items = this.leads.items.map((one) => (one.id === lead.id ? this.open : one));
      toast('Saved', { tone: 'good' });
    } catch (error) {
      this.open = { ...lead };
      toastError(error);
    }
  }
}

define('t-leads', Leads);
