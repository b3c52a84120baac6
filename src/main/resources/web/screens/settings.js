// @ts-check
/** The workspace's keys, and how the tenant's records are read and scored. */
import { Element, Resource, define, html, nothing } from '../core/element.js';
import { api, may } from '../core/api.js';
import { query, setQuery, routerEvents } from '../core/router.js';
import { source as sourceWord } from '../core/format.js';
import { head, icon, note, view } from '../kit/basics.js';
import { Form, field, rules } from '../kit/form.js';
import { toast, toastError } from '../kit/overlays.js';
import { tabs } from '../kit/tabs.js';
import './add/api.js';
import './automations.js';

const SOURCES = ['hubspot', 'salesforce', 'api', 'csv', 'manual', 'email', 'web_form'];
const SIZES = ['1-10', '11-50', '51-200', '201-500', '501-1000', '1001-5000', '5001+'];

class Settings extends Element {
  static properties = { rates: { state: true }, trust: { state: true }, sizes: { state: true }, mail: { state: true } };

  constructor() {
    super();
    /** @type {[string, string][]} */
    this.rates = [];
    /** @type {string[]} */
    this.trust = [];
    this.settings = new Resource(this, async (signal) => {
      const settings = await api.get('/settings', { signal });
      this.fill(settings.settings ?? settings);
      return settings;
    });
    this.form = new Form(this, { currency: '', time_zone: '', locale: '', health_profile: '' }, { currency: (value) => rules.needed(value) ?? rules.currency(value), time_zone: rules.needed, locale: rules.needed });
    this.moved = () => this.requestUpdate();
  }

  connectedCallback() {
    super.connectedCallback();
    routerEvents.addEventListener('changed', this.moved);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    routerEvents.removeEventListener('changed', this.moved);
  }

  fill(settings) {
    this.known = settings;
    this.form.reset({ currency: settings.currency, time_zone: settings.time_zone, locale: settings.locale, health_profile: settings.health_profile ?? '' });
    this.rates = Object.entries(settings.exchange_rates ?? {});
    this.trust = [...(settings.field_trust ?? [])];
    const forms = settings.default_values?.web_form;
    this.sizes = Object.fromEntries(SIZES.map((size) => [size, typeof forms === 'object' && forms ? String(forms[size] ?? '') : '']));
    this.mail = String(settings.default_values?.email ?? '');
  }

  render() {
    const tab = query().tab ?? 'reading';
    if (!may('admin')) return html`${head('Settings')}${note('Settings are shown to sessions with the scope admin.')}`;
    return html`${head('Settings', { sub: 'They hold for the whole tenant.' })}
      <section class="card">
        ${tabs({
          id: 'settings',
          label: 'Settings',
          selected: tab,
          select: (code) => setQuery({ tab: code === 'reading' ? null : code }),
          items: [
            { code: 'reading', title: 'Reading and money', icon: 'hand-coins' },
            { code: 'keys', title: 'Keys', icon: 'key-round' },
            { code: 'automations', title: 'Automations', icon: 'zap' },
          ],
        })}
        <div role="tabpanel" id="settings-panel" aria-labelledby="settings-${tab}" class="body">
          ${this.shown(tab)}
        </div>
      </section>`;
  }

  shown(tab) {
    if (tab === 'keys') return html`<t-keys></t-keys>`;
    if (tab === 'automations') return html`<t-automations></t-automations>`;
    return view(this.settings, () => this.reading(), { lines: 8 });
  }

  reading() {
    const zones = /** @type {any} */ (Intl).supportedValuesOf?.('timeZone') ?? [];
    return html`<form class="stack wide settings" novalidate @submit=${(event) => this.save(event)}>
      <section class="stack">
        <h2>Place</h2>
        <div class="form">
          ${field(this.form, { name: 'currency', label: 'Currency', needed: true, hint: 'Sums and ranks are in it.' })}
          ${field(this.form, { name: 'time_zone', label: 'Time zone', needed: true, suggestions: zones, hint: 'When a day begins.' })}
          ${field(this.form, { name: 'locale', label: 'Locale', needed: true, hint: 'How 1.234 and 03/04 are read where a file leaves it open.' })}
          ${field(this.form, { name: 'health_profile', label: 'Health rules', hint: 'The profile that scores deals.' })}
        </div>
      </section>
      <section class="stack">
        <h2>Exchange rates</h2>
        <p class="small soft">What one unit of a currency is worth in ${this.form.values.currency || 'yours'}. Deals in a currency without a rate are left out of sums, and the command center says so.</p>
        ${this.rates.map(
          ([currency, rate], i) => html`<div class="row rate">
            <input class="input" aria-label="Currency" placeholder="EUR" maxlength="3" .value=${currency} @input=${(event) => this.rate(i, event.target.value.toUpperCase(), undefined)} />
            <input class="input" aria-label="Rate of ${currency || 'it'}" inputmode="decimal" placeholder="1.08" .value=${rate} @input=${(event) => this.rate(i, undefined, event.target.value)} />
            <button type="button" class="button plain square" aria-label="Remove ${currency}" @click=${() => (this.rates = this.rates.filter((_, at) => at !== i))}>${icon('x')}</button>
          </div>`,
        )}
        <button type="button" class="button small start" @click=${() => (this.rates = [...this.rates, ['', '']])}>${icon('plus')}Another rate</button>
      </section>
      <section class="stack">
        <h2>Values that are estimated</h2>
        <p class="small soft">Used until somebody states a value; empty means the built-in figure.</p>
        <div class="sizes">
          <label class="field"><span class="label">A mail that names no amount</span><input class="input" inputmode="decimal" placeholder="15000" .value=${this.mail ?? ''} @input=${(event) => (this.mail = event.target.value)} /></label>
          ${SIZES.map(
            (size) => html`<label class="field"><span class="label">Form, ${size} people</span>
              <input class="input" inputmode="decimal" .value=${this.sizes?.[size] ?? ''} @input=${(event) => (this.sizes = { ...this.sizes, [size]: event.target.value })} /></label>`,
          )}
        </div>
      </section>
      <section class="stack">
        <h2>Whom to believe</h2>
        <p class="small soft">When two sources disagree on a field, the one further up wins; sources that are not listed come after, the newer record first.</p>
        <ol class="entries ${this.trust.length ? 'framed' : ''}">
          ${this.trust.map(
            (source, i) => html`<li class="entry">
              <span class="number faint">${i + 1}</span><span class="grow">${sourceWord(source)}</span>
              <button type="button" class="button plain small" ?disabled=${i === 0} aria-label="${sourceWord(source)} up" @click=${() => this.move(i, -1)}>${icon('chevron-up')}</button>
              <button type="button" class="button plain small" ?disabled=${i === this.trust.length - 1} aria-label="${sourceWord(source)} down" @click=${() => this.move(i, 1)}>${icon('chevron-down')}</button>
              <button type="button" class="button plain small" aria-label="Remove ${sourceWord(source)}" @click=${() => (this.trust = this.trust.filter((one) => one !== source))}>${icon('x')}</button>
            </li>`,
          )}
        </ol>
        <div class="row wrapping">
          ${SOURCES.filter((source) => !this.trust.includes(source)).map((source) => html`<button type="button" class="button small" @click=${() => (this.trust = [...this.trust, source])}>${icon('plus')}${sourceWord(source)}</button>`)}
        </div>
      </section>
      <div class="row sticky-foot"><button class="button primary" ?disabled=${this.form.busy} aria-busy=${this.form.busy}>Save settings</button></div>
    </form>`;
  }

  rate(index, currency, rate) {
    this.rates = this.rates.map((one, at) => (at === index ? [currency ?? one[0], rate ?? one[1]] : one));
  }

  move(index, by) {
    const trust = [...this.trust];
    [trust[index], trust[index + by]] = [trust[index + by], trust[index]];
    this.trust = trust;
  }

  async save(event) {
    event.preventDefault();
    const filled = Object.fromEntries(Object.entries(this.sizes ?? {}).filter(([, value]) => value.trim()));
    const { web_form: _form, email: _mail, ...others } = this.known?.default_values ?? {};
    const defaults = { ...others, ...(Object.keys(filled).length ? { web_form: filled } : {}), ...(this.mail?.trim() ? { email: this.mail.trim() } : {}) };
    const body = {
      ...this.form.filled(),
      exchange_rates: Object.fromEntries(this.rates.filter(([currency, rate]) => currency && rate)),
      default_values: defaults,
      field_trust: this.trust,
    };
    try {
      const saved = await this.form.submit(() => api.put('/settings', body), this);
      if (!saved) return;
      toast('Saved', { tone: 'good' });
      this.settings.reload();
    } catch (error) {
      const [first] = /** @type {any} */ (error).details ?? [];
      toastError(first ? new Error(`${first.field} ${first.error}`) : error);
    }
  }
}

define('t-settings', Settings);
