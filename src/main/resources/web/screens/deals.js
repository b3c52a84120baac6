// @ts-check
/** All deals, filtered by what the address says. */
import { Element, Resource, define, html, nothing } from '../core/element.js';
import { api, may } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { query, routerEvents, setQuery } from '../core/router.js';
import { STAGES, ago, dateTime, money, risk, stage as stageWord, source as sourceWord } from '../core/format.js';
import { badge, bones, empty, failed, foreign, head, icon, sourceBadge } from '../kit/basics.js';
import { Pages, pager } from '../kit/tables.js';
import { ring, riskTone } from '../kit/charts.js';

const SOURCES = ['manual', 'web_form', 'csv', 'email', 'api', 'hubspot', 'salesforce'];

class Deals extends Element {
  constructor() {
    super();
    this.newer = 0;
    this.deals = new Pages(this, (cursor, signal) => {
      const { q, stage, source, risk_level } = query();
      return api.get('', { signal, params: { q, stage, source, risk_level, limit: 50, cursor } });
    });
    this.known = new Resource(this, (signal) => api.get('/sources', { signal, params: { limit: 100 } }));
    this.changed = () => {
      this.newer = 0;
      this.deals.reload();
    };
    new LiveReader(
      this,
      (batch) => {
        const fresh = batch.filter((event) => event.type === 'deal.created').length;
        if (fresh) {
          this.newer += fresh;
          this.requestUpdate();
        }
      },
      () => this.deals.reload(),
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

  /** The seven, any that a file has added, and what the address asks for. */
  get sources() {
    const known = (this.known.data?.items ?? []).map((one) => one.source);
    return [...new Set([...SOURCES, ...known, ...(query().source ? [query().source] : [])])];
  }

  firstUpdated() {
    if ('search' in query()) /** @type {HTMLElement | null} */ (this.querySelector('[data-search]'))?.focus();
  }

  render() {
    const { q = '', stage = '', source = '', risk_level = '' } = query();
    const choose = (name) => (event) => setQuery({ [name]: event.target.value });
    const select = (name, label, value, options) => html`<label class="field">
      <span class="hidden-text">${label}</span>
      <select class="input small" @change=${choose(name)}>
        <option value="">${label}: all</option>
        ${options.map(([code, word]) => html`<option value=${code} ?selected=${code === value}>${word}</option>`)}
      </select>
    </label>`;
    return html`${head('Deals', {
      actions: may('ingest') ? html`<a class="button primary" href="/add">${icon('plus')}Add deal</a>` : nothing,
    })}
    <section class="card">
      <header class="filters">
        <label class="field grow">
          <span class="hidden-text">Search name, company and contact</span>
          <input class="input small" type="search" data-search placeholder="Search name, company, contact" .value=${q} @input=${(event) => this.search(event)} />
        </label>
        ${select('stage', 'Stage', stage, STAGES.map((code) => [code, stageWord(code)]))}
        ${select('source', 'Source', source, this.sources.map((code) => [code, sourceWord(code)]))}
        ${select('risk_level', 'Risk', risk_level, ['low', 'medium', 'high'].map((code) => [code, risk(code)]))}
        ${q || stage || source || risk_level
          ? html`<button class="button plain small" @click=${() => setQuery({ q: null, stage: null, source: null, risk_level: null })}>${icon('x')}Clear</button>`
          : nothing}
      </header>
      ${this.newer
        ? html`<div class="newer"><button class="button small" @click=${this.changed}>${icon('chevron-up')}${this.newer} new</button></div>`
        : nothing}
      ${this.list(Boolean(q || stage || source || risk_level))}
    </section>`;
  }

  search(event) {
    clearTimeout(this.typing);
    const { value } = event.target;
    this.typing = setTimeout(() => setQuery({ q: value, search: null }), 250);
  }

  list(filtered) {
    if (!this.deals.started) return this.deals.error ? failed(this.deals.error, () => this.deals.reload()) : bones(8);
    if (!this.deals.items.length) {
      return filtered
        ? empty({ icon: 'search', title: 'No deal fits', text: 'Loosen a filter, or search for less.' })
        : empty({
            title: 'No deals yet',
            text: 'They appear here as soon as a source brings one.',
            actions: html`<a class="button primary" href="/add">${icon('plus')}Add the first</a>`,
          });
    }
    return html`<div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Deal</th>
              <th scope="col">Health</th>
              <th scope="col" class="roomy">Stage</th>
              <th scope="col" class="numeric">Value</th>
              <th scope="col" class="roomy">Source</th>
              <th scope="col" class="roomy">Changed</th>
            </tr>
          </thead>
          <tbody>
            ${this.deals.items.map(
              (deal) => html`<tr data-row>
                <td>
                  <a class="clip deal-name" href="/deals/${deal.id}">${foreign(deal.name, 120)}</a>
                  <span class="clip tiny faint">${foreign(deal.company, 120)}</span>
                </td>
                <td>
                  <span class="row small health-cell ${riskTone(deal.risk_level)}">${ring(deal.health_score, riskTone(deal.risk_level), 28)}<span>${risk(deal.risk_level)}</span></span>
                </td>
                <td class="roomy">${badge(stageWord(deal.stage), deal.stage === 'closed_won' ? 'good' : '')}</td>
                <td class="numeric">
                  ${money(deal.value, deal.currency)}${deal.value_estimated ? html`<span class="tiny faint row estimate">estimated</span>` : nothing}
                </td>
                <td class="roomy">${sourceBadge(deal.source)}</td>
                <td class="small soft roomy"><time datetime=${deal.updated_at} title=${dateTime(deal.updated_at)}>${ago(deal.updated_at)}</time></td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${pager(this.deals, 'deal')}`;
  }
}

define('t-deals', Deals);
