// @ts-check
/** What the tabs of HubSpot and Salesforce share: connecting, handing in a batch, and the state they are in. */
import { Element, html, nothing } from '../../core/element.js';
import { BASE, api, may } from '../../core/api.js';
import { count, plural, source as sourceWord } from '../../core/format.js';
import { foreign, icon, note } from '../../kit/basics.js';
import { toastError } from '../../kit/overlays.js';
import { calls } from '../../kit/snippet.js';
import '../connection-form.js';

export class CrmWay extends Element {
  static properties = { text: { state: true }, outcome: { state: true }, busy: { state: true }, fault: { state: true } };

  constructor() {
    super();
    this.text = '';
    /** @type {any} */
    this.outcome = undefined;
    this.busy = false;
    this.fault = '';
    this.kind = '';
    /** An object as the system gives it. @type {any} */
    this.example = {};
    this.objects = 'objects';
  }

  /** What to set up on the other side. @returns {unknown} */
  setUp() {
    return nothing;
  }

  render() {
    return html`<div class="two even">
      <section class="stack">
        <h2>Connection</h2>
        <p class="small soft">Once connected, changes come by themselves, also those from while the hub was away.</p>
        <t-connections-of .kind=${this.kind}></t-connections-of>
        ${this.setUp()}
      </section>
      <div class="stack wide docs">
        <section class="stack">
          <h2>Hand in a batch</h2>
          <p class="small soft">An array of ${this.objects} as ${sourceWord(this.kind)}'s API gives them. Records known by their id are updated, older ones change nothing.</p>
          ${may('ingest') ? this.batch() : note('Handing in records needs the scope ingest.')}
        </section>
        <section class="stack">
          <h2>By API</h2>
          <t-snippets .calls=${calls(`${BASE}/${this.kind}/sync`, this.example)}></t-snippets>
        </section>
      </div>
    </div>`;
  }

  batch() {
    return html`<form class="stack" novalidate @submit=${(event) => this.send(event)}>
      <div class="field">
        <label for="batch">JSON</label>
        <textarea
          id="batch"
          class="input code"
          rows="8"
          spellcheck="false"
          placeholder=${JSON.stringify([this.example], null, 1).slice(0, 160)}
          .value=${this.text}
          aria-invalid=${this.fault ? 'true' : nothing}
          aria-describedby=${this.fault ? 'batch-error' : nothing}
          @input=${(event) => {
            this.text = event.target.value;
            this.fault = '';
          }}
        ></textarea>
        ${this.fault ? html`<p class="error" id="batch-error">${icon('circle-alert')}<span>${this.fault}</span></p>` : nothing}
      </div>
      <div class="row wrapping">
        <button class="button primary" ?disabled=${this.busy} aria-busy=${this.busy}>${icon('send')}Sync</button>
        <button type="button" class="button plain" @click=${() => (this.text = JSON.stringify([this.example], null, 2))}>Use the example</button>
      </div>
      ${this.outcome ? this.result() : nothing}
    </form>`;
  }

  result() {
    const { received, created, updated, unchanged, rejected, import_id: id, errors = [] } = this.outcome;
    return html`<div role="status">
      ${note(
        html`<p><strong>${plural(received, 'record')}:</strong> ${count(created)} created, ${count(updated)} updated, ${count(unchanged)} unchanged, ${count(rejected)} refused.
            ${id ? html`<a href="/imports/${id}">See the import</a>` : nothing}</p>
          ${errors.slice(0, 3).map((error) => html`<p>${error.field} ${error.error} ${error.value ? html`(${foreign(error.value, 60)})` : nothing}</p>`)}`,
        rejected ? 'warn' : 'good',
      )}
    </div>`;
  }

  async send(event) {
    event.preventDefault();
    this.outcome = undefined;
    let records;
    try {
      records = JSON.parse(this.text);
    } catch (error) {
      this.fault = `This is no JSON: ${/** @type {Error} */ (error).message}`;
      return;
    }
    if (!Array.isArray(records)) records = [records];
    this.busy = true;
    try {
      this.outcome = await api.post(`/${this.kind}/batch-sync`, records);
    } catch (error) {
      toastError(error);
    }
    this.busy = false;
  }
}
