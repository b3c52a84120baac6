// @ts-check
/** Other systems: keys to make and take back, and the calls to copy. */
import { Element, Resource, define, html, nothing } from '../../core/element.js';
import { BASE, api, may, segment } from '../../core/api.js';
import { ago, dateTime } from '../../core/format.js';
import { badge, empty, foreign, icon, note, view } from '../../kit/basics.js';
import { Form, field, rules } from '../../kit/form.js';
import { ask, toast, toastError } from '../../kit/overlays.js';
import { calls, copy, snippet } from '../../kit/snippet.js';

const SCOPES = [
  ['ingest', 'Hand in deals and leads'],
  ['read', 'Read everything of the workspace'],
  ['review', 'Mend: replay, merge, roll back'],
  ['admin', 'Manage keys, settings and connections'],
];

/** The keys of the workspace; also part of the settings. */
export class Keys extends Element {
  static properties = { fresh: { state: true }, making: { state: true }, scopes: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.fresh = undefined;
    this.making = false;
    this.scopes = ['ingest'];
    this.keys = new Resource(this, (signal) => api.get('/keys', { signal, params: { limit: 200 } }));
    this.form = new Form(this, { name: '' }, { name: rules.needed });
  }

  render() {
    if (!may('admin')) return note('Keys are shown to sessions with the scope admin.');
    return html`<div class="stack">
      <div class="row between">
        <h2>Keys</h2>
        ${this.making ? nothing : html`<button class="button small" @click=${() => (this.making = true)}>${icon('plus')}New key</button>`}
      </div>
      ${this.fresh ? this.shownOnce() : nothing} ${this.making ? this.makeForm() : nothing}
      ${view(this.keys, ({ items }) =>
        items.length
          ? html`<ul class="entries framed">
              ${items.map(
                (key) => html`<li class="entry" data-row>
                  <span class="faint">${icon('key-round')}</span>
                  <span class="grow">
                    <span class="title wrap">${foreign(key.name, 100)}</span>
                    <span class="sub row wrapping">${key.workspace_id} · made <time title=${dateTime(key.created_at)}>${ago(key.created_at)}</time></span>
                  </span>
                  <span class="row wrapping">${key.scopes.map((scope) => badge(scope))}</span>
                  <button class="button plain small danger" aria-label="Revoke ${key.name}" @click=${() => this.revoke(key)}>${icon('trash-2')}</button>
                </li>`,
              )}
            </ul>`
          : empty({ icon: 'key-round', title: 'No keys' }),
      )}
    </div>`;
  }

  shownOnce() {
    return note(
      html`<div class="stack">
        <p>This is the only time the key is shown. Copy it to where it is used.</p>
        <div class="row"><code class="wrap grow">${this.fresh.api_key}</code>
          <button class="button small" @click=${() => copy(this.fresh.api_key, 'Key copied')}>${icon('copy')}Copy</button>
          <button class="button plain small" @click=${() => (this.fresh = undefined)}>Done</button>
        </div>
      </div>`,
      'good',
    );
  }

  makeForm() {
    return html`<form class="stack framed padded" novalidate @submit=${(event) => this.make(event)}>
      ${field(this.form, { name: 'name', label: 'What it is for', needed: true, placeholder: 'Nightly export of the ERP' })}
      <fieldset class="stack tight">
        <legend class="small">What it may do</legend>
        ${SCOPES.map(
          ([code, word]) => html`<label class="check small">
            <input type="checkbox" .checked=${this.scopes.includes(code)} @change=${(event) => this.toggle(code, event.target.checked)} />
            <span>${word} <span class="faint">(${code})</span></span>
          </label>`,
        )}
      </fieldset>
      <div class="row">
        <button class="button primary small" ?disabled=${this.form.busy || !this.scopes.length}>Make key</button>
        <button type="button" class="button plain small" @click=${() => (this.making = false)}>Cancel</button>
      </div>
    </form>`;
  }

  toggle(code, on) {
    this.scopes = on ? [...this.scopes, code] : this.scopes.filter((one) => one !== code);
  }

  async make(event) {
    event.preventDefault();
    try {
      const made = await this.form.submit(() => api.post('/keys', { name: this.form.values.name, scopes: this.scopes }), this);
      if (!made) return;
      this.fresh = made;
      this.making = false;
      this.form.reset();
      this.keys.reload();
    } catch (error) {
      toastError(error);
    }
  }

  async revoke(key) {
    const yes = await ask({
      title: `Revoke ${key.name}?`,
      text: 'Whoever uses it is refused from now on, and everyone signed in by it is signed out. This cannot be undone.',
      yes: 'Revoke',
      danger: true,
    });
    if (!yes) return;
    try {
      await api.delete(`/keys/${segment(key.key_id ?? key.id)}`);
      toast('Revoked', { tone: 'good' });
      this.keys.reload();
    } catch (error) {
      toastError(error);
    }
  }
}

define('t-keys', Keys);

const ONE = {
  external_id: 'crm-1001',
  name: 'Fleet portal',
  company: 'Nordvik Tools AS',
  value: '48000.50',
  currency: 'EUR',
  stage: 'proposal',
  metadata: { region: 'emea' },
};

class ApiWay extends Element {
  render() {
    const bulk = `${location.origin}${BASE}/bulk`;
    return html`<div class="two even">
      <div class="stack">
        <t-keys></t-keys>
      </div>
      <div class="stack docs">
        <h2>One deal</h2>
        <p class="small soft">
          Send it again with the same <code>external_id</code> and it is the same deal, updated where it changed. Fields not known here are
          kept.
        </p>
        <t-snippets .calls=${calls(`${BASE}/api`, ONE)}></t-snippets>
        <h2>Many at once</h2>
        <p class="small soft">A JSON array up to 10 MB, or one JSON object a line (NDJSON) without limit. One bad record never costs another.</p>
        ${snippet('NDJSON by curl', `curl -X POST ${bulk} \\\n  -H "Authorization: Bearer $TRIBUTARY_KEY" \\\n  -H "Content-Type: application/x-ndjson" \\\n  --data-binary @deals.ndjson`)}
        <p class="small"><a href="/docs" target="_blank" rel="noopener">Every endpoint, field and answer</a></p>
      </div>
    </div>`;
  }
}

define('t-add-api', ApiWay);
