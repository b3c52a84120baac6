// @ts-check
/** Typing one deal in. */
import { Element, define, html, nothing } from '../../core/element.js';
import { BASE, api, may, newOnce } from '../../core/api.js';
import { STAGES, money, risk, stage as stageWord } from '../../core/format.js';
import { foreign, icon, note } from '../../kit/basics.js';
import { Form, field, rules } from '../../kit/form.js';
import { toastError } from '../../kit/overlays.js';
import { calls } from '../../kit/snippet.js';

const EMPTY = {
  name: '',
  company: '',
  value: '',
  currency: '',
  stage: '',
  probability: '',
  expected_close_date: '',
  contact_name: '',
  contact_email: '',
  description: '',
};

class ManualWay extends Element {
  static properties = { taken: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.taken = undefined;
    this.once = newOnce();
    this.form = new Form(this, EMPTY, {
      name: rules.needed,
      value: rules.amount,
      currency: rules.currency,
      probability: rules.share,
      contact_email: rules.mail,
    });
  }

  render() {
    if (!may('ingest')) return note('This session may read, but not hand in deals. Sign in with a key that has the scope ingest.', 'warn');
    return html`<div class="two">
      <form class="stack" novalidate @submit=${(event) => this.send(event)}>
        ${this.taken ? this.result() : nothing}
        <div class="form">
          ${field(this.form, { name: 'name', label: 'Deal name', needed: true, whole: true, placeholder: 'Night shift planning' })}
          ${field(this.form, { name: 'company', label: 'Company', whole: true })}
          ${field(this.form, { name: 'value', label: 'Value', inputmode: 'decimal', placeholder: '75,000', hint: 'As you would write it; empty when nothing was said.' })}
          ${field(this.form, { name: 'currency', label: 'Currency', placeholder: 'the workspace’s', suggestions: ['USD', 'EUR', 'GBP', 'CHF'] })}
          ${field(this.form, { name: 'stage', label: 'Stage', options: [['', 'Discovery, unless said'], ...STAGES.map((code) => /** @type {[string, string]} */ ([code, stageWord(code)]))] })}
          ${field(this.form, { name: 'probability', label: 'Probability, %', inputmode: 'decimal', placeholder: 'by stage' })}
          ${field(this.form, { name: 'expected_close_date', label: 'Expected close', type: 'date' })}
          ${field(this.form, { name: 'contact_name', label: 'Contact name' })}
          ${field(this.form, { name: 'contact_email', label: 'Contact e-mail', type: 'email', inputmode: 'email', whole: true })}
          ${field(this.form, { name: 'description', label: 'Description', type: 'textarea', whole: true })}
        </div>
        <div class="row">
          <button class="button primary" aria-busy=${this.form.busy} ?disabled=${this.form.busy}>${icon('plus')}Add deal</button>
          <button type="button" class="button plain" @click=${() => this.clear()}>Clear</button>
        </div>
      </form>
      <div class="stack docs">
        <h2>The same by API</h2>
        <p class="small soft">What this form sends. A 422 names each field that cannot be taken; nothing is kept then.</p>
        <t-snippets .calls=${calls(`${BASE}/manual`, { name: 'Night shift planning', company: 'Cedar Hospitals', value: 75000, stage: 'proposal', contact_email: 'lena@cedar.example' })}></t-snippets>
      </div>
    </div>`;
  }

  result() {
    const { deal, action, health, possible_duplicates: lookalikes = [], warnings = [] } = this.taken;
    const word = { created: 'Added', updated: 'Known already, updated', unchanged: 'Known already, nothing changed' }[action];
    return html`<div role="status">
      ${note(
        html`<p>
            <strong>${word}:</strong> <a href="/deals/${deal.id}">${foreign(deal.name, 120)}</a>, ${money(deal.value, deal.currency)},
            ${risk(health.risk_level).toLowerCase()} (${health.score}).
          </p>
          ${lookalikes.length ? html`<p>It may be the same as <a href="/deals/${lookalikes[0].deal_id}">another deal</a>: ${lookalikes[0].why}.</p>` : nothing}
          ${warnings.map((one) => html`<p>${one.message}</p>`)}`,
        'good',
      )}
    </div>`;
  }

  clear() {
    this.form.reset();
    this.taken = undefined;
    this.once = newOnce();
  }

  async send(event) {
    event.preventDefault();
    this.taken = undefined;
    try {
      const taken = await this.form.submit(() => api.post('/manual', this.form.filled(), { once: this.once }), this);
      // A refusal has used the key up, and so has an answer.
      this.once = newOnce();
      if (!taken) return;
      this.taken = taken;
      this.form.reset();
      /** @type {HTMLElement | null} */ (this.querySelector('#f-name'))?.focus();
    } catch (error) {
      if (/** @type {any} */ (error).status) this.once = newOnce();
      toastError(error);
    }
  }
}

define('t-add-manual', ManualWay);
