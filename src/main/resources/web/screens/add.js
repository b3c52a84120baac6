// @ts-check
/** The ingestion panel: a tab for each way in. A tab turns green when its source has brought something. */
import { Element, Resource, define, html, nothing } from '../core/element.js';
import { api } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { navigate } from '../core/router.js';
import { source as sourceWord } from '../core/format.js';
import { SOURCE_ICONS, bones, failed, head } from '../kit/basics.js';
import { tabs } from '../kit/tabs.js';

/** @type {{code: string, source: string, title: string, tag: string, load: () => Promise<unknown>, about?: any}[]} */
const WAYS = [
  { code: 'manual', source: 'manual', title: 'Manual', tag: 't-add-manual', load: () => import('./add/manual.js') },
  { code: 'web-form', source: 'web_form', title: 'Web form', tag: 't-add-web-form', load: () => import('./add/web-form.js') },
  { code: 'csv', source: 'csv', title: 'CSV', tag: 't-add-csv', load: () => import('./add/csv.js') },
  { code: 'email', source: 'email', title: 'E-mail', tag: 't-add-email', load: () => import('./add/email.js') },
  { code: 'api', source: 'api', title: 'API', tag: 't-add-api', load: () => import('./add/api.js') },
  { code: 'hubspot', source: 'hubspot', title: 'HubSpot', tag: 't-add-hubspot', load: () => import('./add/hubspot.js') },
  { code: 'salesforce', source: 'salesforce', title: 'Salesforce', tag: 't-add-salesforce', load: () => import('./add/salesforce.js') },
];

class Add extends Element {
  static properties = { params: { attribute: false } };

  constructor() {
    super();
    /** @type {{tab?: string}} */
    this.params = {};
    this.sources = new Resource(this, (signal) => api.get('/sources', { signal, params: { limit: 100 } }));
    new LiveReader(this, () => this.sources.reloadSoon(1500), () => this.sources.reload());
  }

  /** The seven that come with the hub, and every source that a file has added and that has brought something. */
  get ways() {
    const added = (this.sources.data?.items ?? []).filter((one) => !WAYS.some((way) => way.source === one.source));
    return [...WAYS, ...added.map((one) => ({ code: one.source, source: one.source, title: sourceWord(one.source), tag: 't-add-by-file', load: () => import('./add/by-file.js'), about: one }))];
  }

  get way() {
    return this.ways.find((one) => one.code === this.params.tab) ?? WAYS[0];
  }

  async show() {
    const way = this.way;
    if (this.params.tab && this.params.tab !== way.code && !this.sources.data) return;
    try {
      await way.load();
    } catch (error) {
      this.trouble = error;
      this.requestUpdate();
      return;
    }
    if (way.code !== this.way.code || (this.shown?.localName === way.tag && !way.about)) return;
    const shown = /** @type {any} */ (document.createElement(way.tag));
    if (way.about) shown.source = way.about;
    this.shown = shown;
    this.requestUpdate();
  }

  updated() {
    // A source added by file is known only once the list of sources is there.
    if (this.way.code !== this.asked || (!this.shown && this.sources.data)) {
      this.asked = this.way.code;
      this.show();
    }
    // On a phone the tabs are wider than the window: the chosen one is brought into sight.
    const chosen = /** @type {HTMLElement | null} */ (this.querySelector('[role="tab"][aria-selected="true"]'));
    const list = chosen?.parentElement;
    if (chosen && list) list.scrollLeft = chosen.offsetLeft - (list.clientWidth - chosen.offsetWidth) / 2;
  }

  render() {
    const way = this.way;
    const working = new Set((this.sources.data?.items ?? []).filter((one) => one.accepted > 0).map((one) => one.source));
    return html`${head('Add deals', { sub: 'Every way leads through the same funnel: known deals are recognised, and what cannot be read waits in quarantine.' })}
      <section class="card">
        ${tabs({
          id: 'ways',
          label: 'Ways in',
          selected: way.code,
          select: (code) => navigate(`/add/${code}`),
          items: this.ways.map((one) => ({
            code: one.code,
            title: one.title,
            icon: SOURCE_ICONS[one.source] ?? 'plug',
            mark: working.has(one.source) ? html`<i class="dot good" title="Has brought deals"></i><span class="hidden-text">, has brought deals</span>` : nothing,
          })),
        })}
        <div role="tabpanel" id="ways-panel" aria-labelledby="ways-${way.code}" class="body">
          ${this.trouble ? failed({ message: 'This part of the page did not load.' }, () => location.reload()) : (this.shown ?? bones(6))}
        </div>
      </section>`;
  }
}

define('t-add', Add);
