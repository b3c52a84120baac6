// @ts-check
/** The automations of the hub: whether each runs in this workspace, and what it has fired for. */
import { Element, Resource, define, html, nothing } from '../core/element.js';
import { api, may, segment } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { ago, dateTime, plural } from '../core/format.js';
import { badge, bones, empty, foreign, icon, note, view } from '../kit/basics.js';
import { toastError } from '../kit/overlays.js';

class Automations extends Element {
  static properties = { shown: { state: true }, firings: { state: true } };

  constructor() {
    super();
    /** The automation whose firings are shown. */
    this.shown = '';
    /** @type {any[] | undefined} */
    this.firings = undefined;
    this.automations = new Resource(this, (signal) => api.get('/automations', { signal }));
    new LiveReader(
      this,
      (batch) => {
        if (!batch.some((event) => event.type === 'automation.fired')) return;
        this.automations.reloadSoon(500);
        if (this.shown) this.load(this.shown);
      },
      () => this.automations.reload(),
    );
  }

  render() {
    return html`<div class="stack">
      <p class="small soft">An automation looks at what happens to deals and acts once for each occasion: it leaves a task, notes an activity, writes a mail. More are added by files of the integration team.</p>
      ${view(this.automations, ({ items }) =>
        items.length ? html`<ul class="entries framed">${items.map((one) => this.automation(one))}</ul>` : empty({ icon: 'zap', title: 'No automation is there' }),
      )}
    </div>`;
  }

  automation(one) {
    const open = this.shown === one.name;
    return html`<li data-row>
      <div class="entry">
        <label class="check switch">
          <input
            type="checkbox"
            role="switch"
            .checked=${one.enabled}
            ?disabled=${!may('admin')}
            @change=${(event) => this.turn(one, event.target)}
          />
          <span class="hidden-text">Run ${one.name}</span>
        </label>
        <span class="grow">
          <span class="title wrap">${one.name}</span>
          <span class="sub wrap">${foreign(one.description, 300)}</span>
        </span>
        ${one.state === 'failing' ? badge('Failing', 'bad') : one.enabled ? badge('On', 'good') : badge('Off')}
        <button class="button plain small" aria-expanded=${open} data-key="Enter" ?disabled=${!one.fired} @click=${() => this.toggle(one)}>
          Fired ${plural(one.fired, 'time')}${one.fired ? icon(open ? 'chevron-up' : 'chevron-down') : nothing}
        </button>
      </div>
      ${one.state === 'failing' ? html`<div class="padded">${note('What it read last cannot be dealt with. It is tried again until it works; nothing is lost meanwhile.', 'bad')}</div>` : nothing}
      ${open ? this.past() : nothing}
    </li>`;
  }

  past() {
    if (!this.firings) return html`<div class="padded">${bones(3)}</div>`;
    return html`<div class="padded">
      <ol class="entries framed">
        ${this.firings.map(
          (one) => html`<li>
            <a class="entry" href="/deals/${one.deal_id}"
              ><span class="grow small clip">${foreign(one.deal_name ?? 'A deal', 120)}</span
              ><time class="tiny faint" datetime=${one.fired_at} title=${dateTime(one.fired_at)}>${ago(one.fired_at)}</time></a
            >
          </li>`,
        )}
      </ol>
    </div>`;
  }

  toggle(one) {
    this.shown = this.shown === one.name ? '' : one.name;
    this.firings = undefined;
    if (this.shown) this.load(one.name);
  }

  async load(name) {
    try {
      const { items } = await api.get(`/automations/${segment(name)}/firings`, { params: { limit: 20 } });
      if (this.shown === name) this.firings = items;
    } catch (error) {
      toastError(error);
    }
  }

  async turn(one, control) {
    const enabled = control.checked;
    try {
      const { automation } = await api.patch(`/automations/${segment(one.name)}`, { enabled });
      this.automations.data = { ...this.automations.data, items: this.automations.data.items.map((each) => (each.name === one.name ? { ...each, ...automation } : each)) };
    } catch (error) {
      control.checked = one.enabled;
      toastError(error);
    }
    this.requestUpdate();
  }
}

define('t-automations', Automations);
