// @ts-check
/** The ingestion panel: a tab for each way in. A tab turns green when its source has brought something. */
import { Element, Resource, define, html, nothing } from '../core/element.js';
import { api } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { navigate } from '../core/router.js';
import { SOURCE_ICONS, bones, failed, head } from '../kit/basics.js';
import { tabs } from '../kit/tabs.js';

/** @type {{code: string, source: string, title: string, tag: string, load: () => Promise<unknown>}[]} */
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

  get way() {
    return WAYS.find((one) => one.code === this.params.tab) ?? WAYS[0];
  }

  connectedCallback() {
    super.connectedCallback();
    this.show();
  }

  async show() {
    const way = this.way;
    try {
      await way.load();
    } catch (error) {
      this.trouble = error;
      this.requestUpdate();
      return;
    }
    if (way !== this.way || this.shown?.localName === way.tag) return;
    this.shown = document.createElement(way.tag);
    this.requestUpdate();
  }

  updated() {
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
          items: WAYS.map((one) => ({
            code: one.code,
            title: one.title,
            icon: SOURCE_ICONS[one.source],
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
