// @ts-check
/** One record in quarantine: as it came beside what was understood, its failing fields to be mended, and a look at the outcome. */
import { Element, define, html, nothing } from '../core/element.js';
import { api, may, newOnce, segment } from '../core/api.js';
import { dateTime, field as fieldWord, money, risk } from '../core/format.js';
import { bones, failed, foreign, icon, note } from '../kit/basics.js';
import { sentence } from '../kit/form.js';
import { ask, toastError } from '../kit/overlays.js';
import { plain } from '../kit/tables.js';

const FIELDS = ['name', 'company', 'value', 'currency', 'stage', 'probability', 'expected_close_date', 'contact_name', 'contact_email', 'description', 'external_id'];

class RecordFix extends Element {
  static properties = { record: { attribute: false }, corrections: { state: true }, outcome: { state: true }, busy: { state: true }, all: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.record = undefined;
    /** @type {any} */
    this.detail = undefined;
    /** @type {Record<string, string>} */
    this.corrections = {};
    /** @type {any} */
    this.outcome = undefined;
    this.busy = false;
    this.all = false;
    this.once = newOnce();
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    try {
      this.detail = await api.get(`/rejected/${segment(this.record.id)}`);
    } catch (error) {
      this.error = error;
    }
    this.requestUpdate();
  }

  get errors() {
    if (this.outcome) return this.outcome.details ?? [];
    // What was changed since has not been tried yet.
    return (this.detail?.errors ?? this.record.errors ?? []).filter((error) => !(error.field in this.corrections));
  }

  render() {
    if (this.error) return failed(this.error, () => this.load());
    if (!this.detail) return bones(8);
    const { understood, header } = this.detail;
    const faults = Object.fromEntries(this.errors.map((error) => [error.field, error.error]));
    const first = FIELDS.filter((name) => name in faults || name in this.corrections);
    const others = FIELDS.filter((name) => !first.includes(name));
    return html`<div class="stack wide">
      ${this.outcome ? this.told() : nothing}
      ${may('review')
        ? html`<form class="stack" @submit=${(event) => this.replay(event)}>
            ${first.map((name) => this.fieldOf(name, understood, faults[name]))}
            ${this.all ? others.map((name) => this.fieldOf(name, understood, undefined)) : nothing}
            ${this.all ? nothing : html`<button type="button" class="button plain small start" @click=${() => (this.all = true)}>${icon('chevron-down')}Change other fields</button>`}
            <div class="row wrapping">
              <button class="button primary" ?disabled=${this.busy} aria-busy=${this.busy}>${icon('rotate-ccw')}Replay</button>
              <button type="button" class="button" ?disabled=${this.busy} @click=${() => this.look()}>${icon('eye')}See what would happen</button>
              <span class="grow"></span>
              <button type="button" class="button plain danger" @click=${() => this.dismiss()}>Dismiss</button>
            </div>
          </form>`
        : note('Mending needs the scope review.')}
      <section class="stack">
        <h3>As it came</h3>
        <dl class="facts">
          ${cells(this.record.raw, header).map(([name, value]) => html`<dt class="wrap">${foreign(name, 60)}</dt><dd class="small">${foreign(value, 800)}</dd>`)}
        </dl>
        <p class="tiny faint">From ${this.record.actor}, ${dateTime(this.record.created_at)}${this.record.import_id ? html`, in <a href="/imports/${this.record.import_id}">this import</a>` : nothing}.</p>
      </section>
    </div>`;
  }

  fieldOf(name, understood, fault) {
    const now = this.corrections[name] ?? plain(understood?.[name]);
    const id = `fix-${name}`;
    return html`<div class="field">
      <label for=${id}>${fieldWord(name)}</label>
      <input
        id=${id}
        class="input"
        .value=${now}
        aria-invalid=${fault ? 'true' : nothing}
        aria-describedby=${fault ? `${id}-error` : nothing}
        @input=${(event) => {
          this.corrections = { ...this.corrections, [name]: event.target.value };
          this.outcome = undefined;
        }}
      />
      ${fault ? html`<p class="error" id="${id}-error">${icon('circle-alert')}<span>${sentence(fault)}</span></p>` : nothing}
    </div>`;
  }

  told() {
    const { outcome } = this;
    if (outcome.details) return note(html`<strong>It would still wait.</strong> ${outcome.message}`, 'bad');
    const { deal, action, health } = outcome;
    const word = { created: 'It would be a new deal', updated: 'It would update a deal that is known', unchanged: 'It is known already; nothing would change' }[action];
    return note(html`<strong>${word}:</strong> ${foreign(deal.name, 100)}, ${money(deal.value, deal.currency)}${health ? `, ${risk(health.risk_level).toLowerCase()}` : ''}.`, 'good');
  }

  async look() {
    this.busy = true;
    try {
      this.outcome = await api.post(`/rejected/${segment(this.record.id)}/replay?dry_run=true`, this.corrections);
    } catch (error) {
      this.refused(error);
    }
    this.busy = false;
  }

  refused(error) {
    if (error.status === 422) this.outcome = { message: error.message, details: error.details };
    else toastError(error);
  }

  async replay(event) {
    event.preventDefault();
    this.busy = true;
    try {
      const taken = await api.post(`/rejected/${segment(this.record.id)}/replay`, this.corrections, { once: this.once });
      this.dispatchEvent(new CustomEvent('taken', { detail: taken }));
    } catch (error) {
      if (/** @type {any} */ (error).status) this.once = newOnce();
      this.refused(error);
    }
    this.busy = false;
  }

  async dismiss() {
    const yes = await ask({ title: 'Dismiss this record?', text: 'It leaves the quarantine for good and becomes no deal. Who did it stays in the audit log.', yes: 'Dismiss', danger: true });
    if (!yes) return;
    try {
      await api.delete(`/rejected/${segment(this.record.id)}`);
      this.dispatchEvent(new Event('dismissed'));
    } catch (error) {
      toastError(error);
    }
  }
}

/** The cells of a row with their headers, or the fields of an object. */
function cells(raw, header) {
  if (Array.isArray(raw)) return raw.map((cell, i) => [header?.[i] || `Column ${i + 1}`, plain(cell)]);
  if (raw && typeof raw === 'object') return Object.entries(raw).map(([name, value]) => [name, plain(value)]);
  return [['Record', plain(raw)]];
}

define('t-record-fix', RecordFix);
