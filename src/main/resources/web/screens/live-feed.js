// @ts-check
/**
 * What happens, as it happens. The list never moves under a pointer or the keyboard's focus: what came meanwhile is
 * counted, and shown when asked for.
 */
import { Element, define, html, nothing } from '../core/element.js';
import { api } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { ago, count, dateTime, source as sourceWord } from '../core/format.js';
import { bones, empty, failed, foreign, icon, SOURCE_ICONS } from '../kit/basics.js';

const MOST = 60;

class LiveFeed extends Element {
  static properties = { entries: { state: true }, waiting: { state: true }, held: { state: true } };

  constructor() {
    super();
    /** @type {any[] | undefined} */
    this.entries = undefined;
    /** @type {any[]} */
    this.waiting = [];
    this.missed = 0;
    this.held = false;
    /** @type {any} */
    this.error = undefined;
    new LiveReader(this, (batch) => this.take(batch), () => this.load());
    this.addEventListener('pointerenter', () => this.hold(true));
    this.addEventListener('pointerleave', () => this.hold(this.contains(document.activeElement)));
    this.addEventListener('focusin', () => this.hold(true));
    this.addEventListener('focusout', () => requestAnimationFrame(() => this.hold(this.matches(':hover, :focus-within'))));
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
    this.clock = setInterval(() => this.requestUpdate(), 20_000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.clock);
  }

  async load() {
    try {
      const { items } = await api.get('/activity', { params: { limit: 30 } });
      this.entries = items.map((item) => ({
        at: item.at,
        icon: SOURCE_ICONS[item.source] ?? 'activity',
        name: item.deal_name,
        text: item.deal_name ? lower(item.text) : item.text,
        deal: item.deal_id,
      }));
      this.waiting = [];
      this.missed = 0;
      this.error = undefined;
    } catch (error) {
      this.error = error;
      this.requestUpdate();
    }
  }

  hold(held) {
    this.held = held;
    if (!held) this.release();
  }

  take(batch) {
    const fresh = batch.map(entryOf).filter((entry) => entry !== undefined).reverse();
    if (!fresh.length || !this.entries) return;
    this.missed += fresh.length;
    this.waiting = [...fresh, ...this.waiting].slice(0, MOST);
    if (!this.held) this.release();
  }

  release() {
    if (!this.waiting.length || !this.entries) return;
    this.entries = [...this.waiting, ...this.entries].slice(0, MOST);
    this.waiting = [];
    this.missed = 0;
  }

  render() {
    return html`<section class="card" aria-labelledby="feed">
      <header>
        <h2 id="feed">Live feed</h2>
        <span class="tiny faint">${this.held ? 'Held while you read' : ''}</span>
      </header>
      <div class="feed" tabindex="0" role="region" aria-label="Entries of the live feed">
        ${this.waiting.length
          ? html`<div class="newer">
              <button class="button small" @click=${() => this.release()}>${icon('chevron-up')}${count(this.missed)} new</button>
            </div>`
          : nothing}
        ${this.list()}
      </div>
    </section>`;
  }

  list() {
    if (!this.entries) return this.error ? failed(this.error, () => this.load()) : bones(6);
    if (!this.entries.length) return empty({ icon: 'activity', title: 'Nothing has happened yet', text: 'New deals, scores and refusals appear here by themselves.' });
    return html`<ul class="entries">
      ${this.entries.map(
        (entry) => html`<li class=${entry.fresh ? 'fresh' : ''}>
          ${entry.deal ? html`<a class="entry" data-row href="/deals/${entry.deal}">${line(entry)}</a>` : html`<div class="entry">${line(entry)}</div>`}
        </li>`,
      )}
    </ul>`;
  }
}

const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);

function line(entry) {
  return html`<span class=${entry.tone ?? 'faint'}>${icon(entry.icon)}</span>
    <span class="grow small wrap">${entry.name ? html`${foreign(entry.name, 90)} <span class="soft">· ${foreign(entry.text, 120)}</span>` : foreign(entry.text, 160)}</span>
    <time class="tiny faint" datetime=${entry.at} title=${dateTime(entry.at)}>${ago(entry.at)}</time>`;
}

/** An event in a sentence; undefined when it is told elsewhere. */
function entryOf(event) {
  const { data = {} } = event;
  const name = data.name ?? data.deal?.name ?? '';
  const known = {
    'deal.created': ['zap', `new from ${sourceWord(data.source ?? data.deal?.source)}`],
    'deal.updated': ['pencil', 'changed'],
    'deal.merged': ['git-merge', name ? 'took in another deal' : 'Two deals were merged'],
    'record.rejected': ['circle-alert', `Refused: ${data.error ?? data.errors?.[0]?.error ?? 'a record could not be read'}`, 'bad'],
    'automation.fired': ['sparkles', data.text ?? data.name ?? 'An automation ran'],
  }[event.type];
  if (!known) return undefined;
  return { at: event.time, icon: known[0], name: event.subject ? name : '', text: known[1], tone: known[2], deal: event.subject, fresh: true };
}

define('t-live-feed', LiveFeed);
