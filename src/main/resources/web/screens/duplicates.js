// @ts-check
/** Deals that may be one: side by side, merged field by field, kept apart for good, and taken apart again. */
import { Element, define, html, nothing } from '../core/element.js';
import { api, may, newOnce, segment } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { query, routerEvents, setQuery } from '../core/router.js';
import { ago, day, field as fieldWord, money, percent, source as sourceWord, stage as stageWord } from '../core/format.js';
import { badge, bones, empty, failed, foreign, head, icon } from '../kit/basics.js';
import { toast, toastError } from '../kit/overlays.js';
import { Pages, pager } from '../kit/tables.js';
import { segments } from '../kit/tabs.js';

const FIELDS = ['name', 'company', 'value', 'stage', 'probability', 'expected_close_date', 'contact_name', 'contact_email', 'description'];
const STATES = /** @type {[string, string][]} */ ([
  ['open', 'To decide'],
  ['merged', 'Merged'],
  ['dismissed', 'Not a duplicate'],
]);

class Duplicates extends Element {
  static properties = { choices: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** Which deal is kept, and whose value stays for a field, by pair. @type {Record<string, {keep: string, fields: Record<string, string>}>} */
    this.choices = {};
    this.busy = '';
    this.pairs = new Pages(this, (cursor, signal) => api.get('/duplicates', { signal, params: { state: query().state ?? 'open', cursor, limit: 20 } }));
    this.changed = () => this.pairs.reload();
    new LiveReader(
      this,
      (batch) => {
        if (batch.some((event) => event.type === 'deal.merged')) this.pairs.reload();
      },
      () => this.pairs.reload(),
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

  render() {
    const state = query().state ?? 'open';
    return html`${head('Duplicates', {
        sub: 'Deals that may be one. The hub joins only what is certain; the rest is yours to decide, and every merge can be undone.',
        actions: segments('State', state, (chosen) => setQuery({ state: chosen === 'open' ? null : chosen }, { push: true }), STATES),
      })}
      ${this.list(state)}`;
  }

  list(state) {
    const { pairs } = this;
    if (!pairs.started) return html`<section class="card">${pairs.error ? failed(pairs.error, () => pairs.reload()) : bones(8)}</section>`;
    if (!pairs.items.length) {
      return html`<section class="card">
        ${state === 'open'
          ? empty({ icon: 'copy-check', title: 'Nothing to decide', text: 'When two deals look alike, they appear here with the reason.' })
          : empty({ icon: 'copy-check', title: state === 'merged' ? 'Nothing was merged yet' : 'Nothing was set apart yet' })}
      </section>`;
    }
    return html`<div class="stack">${pairs.items.map((pair) => this.pair(pair))}</div>
      ${pairs.cursor ? html`<section class="card below-list">${pager(pairs, 'pair')}</section>` : nothing}`;
  }

  choice(pair) {
    const [a, b] = pair.deals;
    // The older deal stays unless somebody says otherwise, as the hub does it.
    return this.choices[pair.id] ?? { keep: Date.parse(a.created_at) <= Date.parse(b.created_at) ? a.id : b.id, fields: {} };
  }

  pair(pair) {
    const [a, b] = pair.deals;
    const open = pair.state === 'open';
    const choice = this.choice(pair);
    const decide = (changes) => {
      this.choices = { ...this.choices, [pair.id]: { ...choice, ...changes } };
    };
    const shown = FIELDS.filter((name) => a[name] || b[name]);
    return html`<article class="card" data-row aria-label=${`${a.name} and ${b.name}`}>
      <header>
        <span class="row wrapping">${badge(percent(pair.score * 100), pair.score >= 0.9 ? 'warn' : '')}<span class="small wrap">${foreign(pair.why, 300)}</span></span>
        <span class="tiny faint">${pair.actor && !open ? `${pair.actor}, ` : ''}${ago(pair.decided_at ?? pair.created_at)}</span>
      </header>
      <div class="table-frame">
        <table class="table pair">
          <thead>
            <tr>
              <th scope="col"><span class="hidden-text">Field</span></th>
              ${[a, b].map(
                (deal) => html`<th scope="col">
                  ${open
                    ? html`<label class="check"><input type="radio" name="keep-${pair.id}" .checked=${choice.keep === deal.id} @change=${() => decide({ keep: deal.id })} /><span>${choice.keep === deal.id ? 'Stays' : 'Goes into the other'}</span></label>`
                    : nothing}
                  <span class="tiny faint">${sourceWord(deal.source)}${deal.created_at ? html`, ${day(deal.created_at)}` : nothing} · <a href="/deals/${deal.id}">open</a></span>
                </th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${shown.map((name) => this.line(pair, name, choice, decide, open))}
          </tbody>
        </table>
      </div>
      <footer class="row wrapping">${this.actions(pair, choice, open)}</footer>
    </article>`;
  }

  line(pair, name, choice, decide, open) {
    const [a, b] = pair.deals;
    const equal = String(a[name] ?? '') === String(b[name] ?? '');
    return html`<tr class=${equal ? 'same' : ''}>
      <th scope="row">${fieldWord(name)}</th>
      ${[a, b].map((deal) => {
        const text = told(deal, name);
        if (!open || equal) return html`<td class="wrap">${text}</td>`;
        const stays = (choice.fields[name] ?? choice.keep) === deal.id;
        return html`<td class=${stays ? 'stays' : ''}>
          <label class="check"><input type="radio" name="${pair.id}-${name}" .checked=${stays} @change=${() => decide({ fields: { ...choice.fields, [name]: deal.id } })} /><span class="wrap">${text}</span></label>
        </td>`;
      })}
    </tr>`;
  }

  actions(pair, choice, open) {
    if (!may('review')) return html`<span class="small soft">Deciding needs the scope review.</span>`;
    if (pair.state === 'merged') {
      return html`<button class="button small" ?disabled=${this.busy === pair.id} @click=${() => this.takeApart(pair, pair.merge_id)}>${icon('undo-2')}Take apart again</button>`;
    }
    if (!open) return html`<span class="small soft">Remembered: these two are not offered again.</span>`;
    return html`<button class="button primary small" data-key="Enter" ?disabled=${this.busy === pair.id} @click=${() => this.merge(pair, choice)}>${icon('git-merge')}Merge</button>
      <button class="button small" ?disabled=${this.busy === pair.id} @click=${() => this.dismiss(pair)}>Not a duplicate</button>`;
  }

  async merge(pair, choice) {
    const fields = Object.fromEntries(Object.entries(choice.fields).filter(([, deal]) => deal !== choice.keep));
    await this.act(pair, async () => {
      const answer = await api.post(`/duplicates/${segment(pair.id)}/merge`, { keep: choice.keep, ...(Object.keys(fields).length ? { fields } : {}) }, { once: newOnce() });
      toast(html`Merged into <a href="/deals/${answer.deal.id}">${foreign(answer.deal.name, 60)}</a>`, {
        tone: 'good',
        action: { label: 'Undo', run: () => this.takeApart(pair, answer.merge_id) },
      });
    });
  }

  async dismiss(pair) {
    await this.act(pair, async () => {
      await api.post(`/duplicates/${segment(pair.id)}/dismiss`, {});
      toast('Remembered as two deals', { tone: 'good' });
    });
  }

  async takeApart(pair, mergeId) {
    await this.act(pair, async () => {
      await api.post(`/merges/${segment(mergeId)}/undo`, {});
      toast('Two deals again, as they were', { tone: 'good' });
    });
  }

  async act(pair, work) {
    this.busy = pair.id;
    try {
      await work();
      this.pairs.items = this.pairs.items.filter((one) => one.id !== pair.id);
      this.pairs.reload();
    } catch (error) {
      toastError(error);
    }
    this.busy = '';
  }
}

function told(deal, name) {
  const value = deal[name];
  if (value === null || value === undefined || value === '') return html`<span class="faint">–</span>`;
  if (name === 'value') return html`<span class="number">${money(value, deal.currency)}</span>${deal.value_estimated ? html` <span class="tiny faint">estimated</span>` : nothing}`;
  if (name === 'stage') return stageWord(value);
  if (name === 'probability') return percent(value);
  if (name === 'expected_close_date') return day(value);
  return foreign(value, 300);
}

define('t-duplicates', Duplicates);
