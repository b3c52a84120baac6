// @ts-check
/** Mails: pasted or dropped to see what is read out of them, or taken from a mailbox by themselves. */
import { Element, define, html, nothing } from '../../core/element.js';
import { BASE, api, may, newOnce } from '../../core/api.js';
import { field as fieldWord, money } from '../../core/format.js';
import { foreign, icon, note } from '../../kit/basics.js';
import { Form, field, rules } from '../../kit/form.js';
import { toastError } from '../../kit/overlays.js';
import { calls, snippet } from '../../kit/snippet.js';
import '../connection-form.js';

const READ = ['name', 'contact_name', 'contact_email', 'company', 'description'];

class EmailWay extends Element {
  static properties = { taken: { state: true }, refused: { state: true }, over: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.taken = undefined;
    /** @type {any} */
    this.refused = undefined;
    this.over = false;
    this.busy = false;
    this.form = new Form(this, { sender: '', sender_name: '', subject: '', content: '' }, { sender: rules.neededMail });
  }

  render() {
    return html`<div class="two even">
      <div class="stack wide">
        <section class="stack">
          <h2>Hand one in</h2>
          ${this.taken ? this.result() : nothing} ${this.refused ? this.waiting() : nothing}
          ${may('ingest') ? this.hand() : note('Handing in mails needs the scope ingest.')}
        </section>
      </div>
      <div class="stack wide docs">
        <section class="stack">
          <h2>Read a mailbox by itself</h2>
          <p class="small soft">Give the hub a mailbox or a folder that nobody else reads. Forwards are understood in any language; the original sender becomes the contact.</p>
          <t-connections-of .kind=${'mailbox'}></t-connections-of>
        </section>
        <section class="stack">
          <h2>By API</h2>
          <t-snippets .calls=${calls(`${BASE}/email`, { sender: 'lena@cedar.example', subject: 'Night shift planning', content: 'We have EUR 50,000 for this.' })}></t-snippets>
          ${snippet('A whole mail', `curl -X POST ${location.origin}${BASE}/email \\\n  -H "Authorization: Bearer $TRIBUTARY_KEY" \\\n  -H "Content-Type: message/rfc822" \\\n  --data-binary @inquiry.eml`)}
        </section>
      </div>
    </div>`;
  }

  hand() {
    return html`<div
        class="dropzone low ${this.over ? 'over' : ''}"
        @dragover=${(event) => {
          event.preventDefault();
          this.over = true;
        }}
        @dragleave=${() => {
          this.over = false;
        }}
        @drop=${(event) => {
          event.preventDefault();
          this.over = false;
          this.file(event.dataTransfer.files[0]);
        }}
      >
        <div class="row wrapping">
          ${icon('mail')}<span class="soft small">Drop a saved mail (.eml)</span>
          <label class="button small">
            <input class="hidden-text" type="file" accept=".eml,message/rfc822" @change=${(event) => this.file(event.target.files[0])} />Choose a file
          </label>
        </div>
      </div>
      <p class="small soft">or paste its parts:</p>
      <form class="form" novalidate @submit=${(event) => this.send(event)}>
        ${field(this.form, { name: 'sender', label: 'From', type: 'email', needed: true })} ${field(this.form, { name: 'sender_name', label: 'Name of the sender' })}
        ${field(this.form, { name: 'subject', label: 'Subject', whole: true })}
        ${field(this.form, { name: 'content', label: 'Text', type: 'textarea', rows: 8, whole: true, hint: 'Forwarded mails as they are: the original is found inside.' })}
        <div class="whole"><button class="button primary" ?disabled=${this.busy || this.form.busy} aria-busy=${this.busy}>${icon('send')}Read and take it</button></div>
      </form>`;
  }

  async file(file) {
    if (!file) return;
    if (file.size > 25 * 1024 * 1024) {
      toastError(new Error('A mail may have 25 MB at most.'));
      return;
    }
    await this.take(() => api.send('/email', file, 'message/rfc822'));
  }

  async send(event) {
    event.preventDefault();
    await this.take(() => this.form.submit(() => api.post('/email', this.form.filled(), { once: newOnce() }), this));
  }

  async take(hand) {
    this.busy = true;
    this.taken = undefined;
    this.refused = undefined;
    try {
      const taken = await hand();
      if (taken) {
        this.taken = taken;
        this.form.reset();
      }
    } catch (error) {
      if (/** @type {any} */ (error).status === 422) this.refused = error;
      else toastError(error);
    }
    this.busy = false;
  }

  result() {
    const { deal, action } = this.taken;
    const word = { created: 'A new deal', updated: 'A deal that is known, updated', unchanged: 'This mail is known already' }[action];
    const suggestions = deal.source_metadata?.suggestions ?? [];
    return html`<div role="status" class="stack">
      ${note(html`<strong>${word}:</strong> <a href="/deals/${deal.id}">${foreign(deal.name, 120)}</a>`, 'good')}
      <dl class="facts">
        ${READ.filter((name) => deal[name]).map((name) => html`<dt>${fieldWord(name)}</dt><dd>${foreign(deal[name], 500)}</dd>`)}
        <dt>Value</dt>
        <dd>${money(deal.value, deal.currency)}${deal.value_estimated ? ', estimated' : ''}</dd>
      </dl>
      ${suggestions.length ? html`<p class="small soft">Named in the text and not taken by itself: ${suggestions.map((one) => `${one.value}${one.currency ? ` ${one.currency}` : ''}`).join(', ')}.</p>` : nothing}
    </div>`;
  }

  waiting() {
    const lead = this.refused.code === 'not_a_lead';
    return note(
      html`<strong>${lead ? 'This is no lead.' : 'It could not be read for certain.'}</strong> ${this.refused.message}
        ${this.refused.rejectedId ? html`It waits in <a href="/quarantine?source=email">quarantine</a>, where it can be taken all the same.` : nothing}`,
      'warn',
    );
  }
}

define('t-add-email', EmailWay);
