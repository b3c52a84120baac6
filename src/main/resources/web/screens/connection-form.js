// @ts-check
/** Making and changing one connection: its parameters as its kind describes them, a trial, and what state it is in. */
import { Element, define, html, nothing } from '../core/element.js';
import { api, may, segment } from '../core/api.js';
import { ago, count, dateTime } from '../core/format.js';
import { badge, bones, failed, foreign, icon, note } from '../kit/basics.js';
import { ask, toast, toastError } from '../kit/overlays.js';

const STATES = { running: ['Running', 'good'], failing: ['Failing', 'bad'] };
const WORDS = { mailbox: 'Mailbox', hubspot: 'HubSpot', salesforce: 'Salesforce', webhook: 'Webhook', smtp: 'Outgoing mail' };

export const kindWord = (kind) => WORDS[kind] ?? kind;

export function connectionState(state) {
  const [word, tone] = STATES[state] ?? [state, ''];
  return badge(word, tone);
}

/** The kinds of connection, asked for once. @type {Promise<any[]> | undefined} */
let asked;

export function connectionKinds() {
  asked ??= api.get('/connection-kinds').then(
    ({ items }) => items,
    (error) => {
      asked = undefined;
      throw error;
    },
  );
  return asked;
}

/**
 * The form. Set `kind`, and `connection` to change one that exists. It tells of `saved` and `ended`.
 */
class ConnectionForm extends Element {
  static properties = { kind: {}, connection: { attribute: false }, values: { state: true }, faults: { state: true }, busy: { state: true }, trial: { state: true }, name: { state: true }, all: { state: true } };

  constructor() {
    super();
    this.kind = '';
    /** @type {any} */
    this.connection = undefined;
    /** @type {Record<string, string>} */
    this.values = {};
    /** @type {Record<string, string>} */
    this.faults = {};
    this.busy = '';
    /** @type {{ok: boolean, reason: string} | undefined} */
    this.trial = undefined;
    this.name = '';
    this.all = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  willUpdate(changed) {
    if (changed.has('connection') && this.connection) {
      this.name = this.connection.name;
      this.values = { ...this.connection.parameters };
    } else if (changed.has('kind') && !this.name) this.name = this.kind;
  }

  async load() {
    try {
      this.described = (await connectionKinds()).find((one) => one.kind === this.kind);
      this.missing = !this.described;
    } catch (error) {
      this.error = error;
    }
    this.requestUpdate();
  }

  render() {
    if (!may('admin')) return note('Connections are made by sessions with the scope admin.');
    if (this.error) return failed(this.error, () => this.load());
    if (this.missing) return note(`This hub has no connections of the kind ${kindWord(this.kind)}.`);
    if (!this.described) return bones(6);
    const { parameters } = this.described;
    const first = parameters.filter((one) => one.required || one.secret || this.values[one.name] !== undefined || this.faults[one.name] || parameters.length <= 6);
    const others = parameters.filter((one) => !first.includes(one));
    return html`<form class="stack" novalidate @submit=${(event) => this.save(event)}>
      ${this.connection ? this.course() : this.nameField()}
      <div class="form">${first.map((one) => this.field(one))}${this.all ? others.map((one) => this.field(one)) : nothing}</div>
      ${others.length
        ? html`<button type="button" class="button plain small start" aria-expanded=${this.all} @click=${() => (this.all = !this.all)}>
            ${icon(this.all ? 'chevron-up' : 'chevron-down')}${this.all ? 'Fewer settings' : 'More settings'}
          </button>`
        : nothing}
      ${this.trial ? note(this.trial.ok ? html`<strong>It works.</strong> ${this.trial.reason ?? ''}` : html`<strong>It does not work yet.</strong> ${this.trial.reason}`, this.trial.ok ? 'good' : 'bad') : nothing}
      <div class="row wrapping">
        <button class="button primary" ?disabled=${Boolean(this.busy)} aria-busy=${this.busy === 'save'}>${this.connection ? 'Save' : 'Connect'}</button>
        <button type="button" class="button" ?disabled=${Boolean(this.busy)} aria-busy=${this.busy === 'test'} @click=${() => this.test()}>${icon('zap')}Test</button>
        ${this.described.authorises && this.connection && this.connection.made_by !== 'file'
          ? html`<button type="button" class="button" ?disabled=${Boolean(this.busy)} aria-busy=${this.busy === 'authorise'} @click=${() => this.authorise()}>Sign in at ${kindWord(this.kind)}</button>`
          : nothing}
        <span class="grow"></span>
        ${this.connection && this.connection.made_by !== 'file' ? html`<button type="button" class="button plain danger" @click=${() => this.end()}>End connection</button>` : nothing}
      </div>
    </form>`;
  }

  course() {
    const { state, last_success: success, last_error: error, made_by: by, file, backfill } = this.connection;
    return html`<dl class="facts">
        <dt>State</dt>
        <dd>${connectionState(state)}</dd>
        <dt>Last worked</dt>
        <dd title=${dateTime(success)}>${ago(success)}</dd>
        ${backfill ? html`<dt>Earlier changes</dt><dd>${backfill.percent} % · ${count(backfill.records)} read, up to ${dateTime(backfill.reached)}</dd>` : nothing}
      </dl>
      ${error ? note(html`<strong>Needs you.</strong> ${foreign(error, 400)}`, 'bad') : nothing}
      ${by === 'file' ? note(html`This connection is made by the file <code>${file}</code>; change it there.`) : nothing}`;
  }

  nameField() {
    return html`<div class="field">
      <label for="connection-name">Name of the connection</label>
      <input id="connection-name" class="input" .value=${this.name} aria-invalid=${this.faults.name ? 'true' : nothing} @input=${(event) => (this.name = event.target.value)} />
      ${this.faults.name ? html`<p class="error">${icon('circle-alert')}<span>${this.faults.name}</span></p>` : html`<p class="hint">Letters, digits, - and _.</p>`}
    </div>`;
  }

  field(one) {
    const id = `p-${one.name}`;
    const fault = this.faults[one.name];
    const kept = one.secret && this.connection?.secrets?.includes(one.name);
    const set = (event) => {
      this.values = { ...this.values, [one.name]: event.target.value };
      this.faults = { ...this.faults, [one.name]: '' };
      this.trial = undefined;
    };
    const value = this.values[one.name] ?? '';
    return html`<div class="field">
      <label for=${id}>${words(one.name)}${one.required ? html` <span class="needed">· required</span>` : nothing}</label>
      ${one.choices?.length
        ? html`<select id=${id} class="input" @change=${set}>
            ${one.choices.map((choice) => html`<option value=${choice} ?selected=${choice === (value || one.default)}>${choice}</option>`)}
          </select>`
        : html`<input
            id=${id}
            class="input"
            type=${one.secret ? 'password' : 'text'}
            inputmode=${one.type === 'number' ? 'numeric' : nothing}
            autocomplete="off"
            .value=${String(value)}
            placeholder=${kept ? 'kept; type to replace it' : (one.default ?? nothing)}
            aria-invalid=${fault ? 'true' : nothing}
            aria-describedby="${id}-hint"
            @input=${set}
          />`}
      ${fault ? html`<p class="error">${icon('circle-alert')}<span>${fault}</span></p>` : nothing}
      <p class="hint" id="${id}-hint">${one.description ?? ''}</p>
    </div>`;
  }

  /** What was filled in; a secret left empty keeps the stored one. */
  body() {
    const filled = Object.entries(this.values).filter(([, value]) => value !== '' && value !== null && value !== undefined);
    return { kind: this.kind, parameters: Object.fromEntries(filled) };
  }

  async save(event) {
    event.preventDefault();
    await this.act('save', async () => {
      const saved = await api.put(`/connections/${segment(this.name)}`, this.body());
      toast(this.connection ? 'Saved; it runs with the new settings' : 'Connected', { tone: 'good' });
      this.dispatchEvent(new CustomEvent('saved', { detail: saved }));
    });
  }

  /** Leaves for the provider; it sends the browser back to the sources. */
  async authorise() {
    await this.act('authorise', async () => {
      const { url } = await api.post(`/connections/${segment(this.name)}/authorise`, {});
      location.assign(url);
    });
  }

  async test() {
    await this.act('test', async () => {
      this.trial = await api.post(`/connections/${segment(this.name)}/test`, this.body());
    });
  }

  async end() {
    const yes = await ask({ title: `End ${this.name}?`, text: 'Nothing more comes or goes through it. What it brought stays.', yes: 'End connection', danger: true });
    if (!yes) return;
    await this.act('end', async () => {
      await api.delete(`/connections/${segment(this.name)}`);
      toast('Ended', { tone: 'good' });
      this.dispatchEvent(new Event('ended'));
    });
  }

  async act(what, work) {
    this.busy = what;
    this.faults = {};
    try {
      await work();
    } catch (error) {
      const known = Object.entries(/** @type {any} */ (error).byField?.() ?? {}).map(([field, fault]) => [field.replace(/^parameters\./, ''), `This ${fault}`]);
      this.faults = Object.fromEntries(known);
      if (this.described.parameters.some((one) => this.faults[one.name])) this.all = true;
      toastError(error);
    }
    this.busy = '';
  }
}

const words = (name) => (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll('_', ' ').replace(/\b(id|url|tls)\b/gi, (word) => word.toUpperCase());

define('t-connection-form', ConnectionForm);

/** The connections of one kind, each with its state, and a form for another. */
class ConnectionsOf extends Element {
  static properties = { kind: {}, adding: { state: true }, open: { state: true } };

  constructor() {
    super();
    this.kind = '';
    this.adding = false;
    this.open = '';
    /** @type {any[] | undefined} */
    this.items = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    if (!may('admin')) return;
    try {
      const { items } = await api.get('/connections', { params: { limit: 200 } });
      this.items = items.filter((one) => one.kind === this.kind);
      this.error = undefined;
    } catch (error) {
      this.error = error;
    }
    this.requestUpdate();
  }

  render() {
    if (!may('admin')) return note('Connections are shown to sessions with the scope admin.');
    if (this.error) return failed(this.error, () => this.load());
    if (!this.items) return bones(3);
    const done = () => {
      this.adding = false;
      this.open = '';
      this.load();
    };
    return html`<div class="stack">
      ${this.items.length
        ? html`<ul class="entries framed">
            ${this.items.map(
              (one) => html`<li>
                <button class="entry entry-line" aria-expanded=${this.open === one.name} @click=${() => (this.open = this.open === one.name ? '' : one.name)}>
                  <span class="grow"><span class="title">${one.name}</span><span class="sub row">last worked ${ago(one.last_success)}</span></span>
                  ${connectionState(one.state)}${icon(this.open === one.name ? 'chevron-up' : 'chevron-down')}
                </button>
                ${this.open === one.name ? html`<div class="padded"><t-connection-form .kind=${this.kind} .connection=${one} @saved=${done} @ended=${done}></t-connection-form></div>` : nothing}
              </li>`,
            )}
          </ul>`
        : nothing}
      ${this.adding || !this.items.length
        ? html`<div class="framed padded"><t-connection-form .kind=${this.kind} @saved=${done}></t-connection-form></div>`
        : html`<button class="button small start" @click=${() => (this.adding = true)}>${icon('plus')}Another ${kindWord(this.kind)}</button>`}
    </div>`;
  }
}

define('t-connections-of', ConnectionsOf);
