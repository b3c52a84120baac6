// @ts-check
/** Where deals come from and where they go: how each source does, who must act, and every connection. */
import { Element, Resource, define, html, nothing } from '../core/element.js';
import { api, may, segment } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { query, setQuery } from '../core/router.js';
import { ago, count, dateTime, duration, percent, plural, source as sourceWord } from '../core/format.js';
import { SOURCE_ICONS, badge, empty, foreign, head, icon, view } from '../kit/basics.js';
import { toast, toastError, ask } from '../kit/overlays.js';
import { bar } from '../kit/charts.js';
import { connectionKinds, connectionState, kindWord } from './connection-form.js';

/** Where a source is set up in the panel. */
const TABS = { manual: 'manual', web_form: 'web-form', csv: 'csv', email: 'email', api: 'api', hubspot: 'hubspot', salesforce: 'salesforce' };

/** How letting the hub into an account went. @type {Record<string, [string, string]>} */
const BACK = {
  connected: ['% is connected.', 'good'],
  refused: ['% was not connected: the question was answered with no.', 'bad'],
  no_token: ['% was not connected: the code was worth no token. Check client id and secret.', 'bad'],
  gone: ['% was not connected: there is no such connection any more.', 'bad'],
};

/** How long what a connection signs in with lasts; nothing where it signs in nowhere. */
function credential({ kind, secrets = [], parameters = {} }) {
  if (secrets.includes('refresh_token') || secrets.includes('oauth_refresh_token')) return 'renews itself, until it is revoked';
  if (kind === 'salesforce' && parameters.client_id) return 'renews itself';
  if (kind === 'hubspot' && secrets.includes('access_token')) return 'does not expire, until it is rotated in HubSpot';
  if (secrets.includes('password')) return 'until the password is changed';
  return undefined;
}

class Sources extends Element {
  static properties = { editing: { state: true }, choosing: { state: true }, letters: { state: true } };

  constructor() {
    super();
    /** The connection in the drawer, or `{kind}` of a new one. @type {any} */
    this.editing = undefined;
    this.choosing = false;
    /** Undelivered messages by connection. @type {Record<string, any[]>} */
    this.letters = {};
    this.sources = new Resource(this, (signal) => api.get('/sources', { signal, params: { limit: 200 } }));
    this.connections = new Resource(this, (signal) => (may('admin') ? api.get('/connections', { signal, params: { limit: 200 } }) : Promise.resolve({ items: [] })));
    this.kinds = new Resource(this, () => (may('admin') ? connectionKinds() : Promise.resolve([])));
    const reload = () => {
      this.sources.reloadSoon(1000);
      this.connections.reloadSoon(1000);
    };
    new LiveReader(this, (batch) => batch.some((event) => ['source.state', 'record.rejected', 'deal.created'].includes(event.type)) && reload(), reload);
  }

  connectedCallback() {
    super.connectedCallback();
    this.clock = setInterval(() => this.requestUpdate(), 15_000);
    this.welcomeBack();
  }

  /** Whoever was sent to a provider to let the hub in comes back here. */
  welcomeBack() {
    const { authorisation, connection } = query();
    if (!authorisation) return;
    setQuery({ authorisation: null, connection: null });
    const outcome = BACK[authorisation];
    if (outcome) toast(outcome[0].replace('%', connection ?? ''), { tone: outcome[1] });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.clock);
  }

  render() {
    return html`${head('Sources', {
        sub: 'How each source does, and the connections to other systems.',
        actions: may('admin')
          ? html`<t-menu
              .label=${'Connect'}
              .tone=${'primary'}
              .face=${html`${icon('plus')}Connect`}
              .items=${(this.kinds.data ?? []).map((one) => html`<button @click=${() => (this.editing = { kind: one.kind })}>${icon(SOURCE_ICONS[one.kind] ?? { mailbox: 'mail', webhook: 'webhook', smtp: 'send' }[one.kind] ?? 'plug')}${kindWord(one.kind)}</button>`)}
            ></t-menu>`
          : nothing,
      })}
      <div class="stack wide">
        ${view(this.sources, ({ items }) =>
          items.length
            ? html`<div class="source-cards">${items.map((one) => this.card(one))}</div>`
            : html`<section class="card">${empty({ icon: 'plug', title: 'No source has sent anything yet', actions: html`<a class="button" href="/add">${icon('plus')}Set one up</a>` })}</section>`,
        )}
        ${may('admin') ? this.connectionList() : nothing}
      </div>
      <t-drawer
        .open=${Boolean(this.editing)}
        .heading=${this.editing ? `${kindWord(this.editing.kind)}${this.editing.name ? `: ${this.editing.name}` : ''}` : ''}
        .content=${this.editing
          ? html`<t-connection-form
              .kind=${this.editing.kind}
              .connection=${this.editing.name ? this.editing : undefined}
              @saved=${() => this.done()}
              @ended=${() => this.done()}
            ></t-connection-form>`
          : nothing}
        @closed=${() => (this.editing = undefined)}
      ></t-drawer>`;
  }

  done() {
    this.editing = undefined;
    this.connections.reload();
    this.sources.reload();
  }

  card(one) {
    const all = one.accepted + one.rejected;
    const failing = one.state !== 'ok';
    const feeding = (this.connections.data?.items ?? []).filter((connection) => connection.kind === one.source || (one.source === 'email' && connection.kind === 'mailbox'));
    const trouble = feeding.find((connection) => connection.state === 'failing');
    const credentials = [...new Set(feeding.map(credential).filter(Boolean))];
    return html`<article class="card source-card" aria-label=${sourceWord(one.source)} data-row>
      <header>
        <h2 class="row">${icon(SOURCE_ICONS[one.source] ?? 'plug')}${sourceWord(one.source)}</h2>
        ${failing ? badge('Failing', 'bad') : badge('Working', 'good')}
      </header>
      <div class="body stack">
        <dl class="facts">
          <dt>Last taken</dt>
          <dd title=${dateTime(one.last_success)}>${ago(one.last_success)}</dd>
          <dt>Taken</dt>
          <dd class="number">${count(one.accepted)}</dd>
          <dt>Refused</dt>
          <dd class="number">${one.rejected ? html`<a href="/quarantine?source=${one.source}">${count(one.rejected)}</a>` : '0'}${one.failures ? html` <span class="faint">and ${plural(one.failures, 'failure')}</span>` : nothing}</dd>
          ${credentials.length ? html`<dt>Credential</dt><dd class="small">${credentials.join('; ')}</dd>` : nothing}
          ${one.lag_seconds === null || one.lag_seconds === undefined ? nothing : html`<dt>Quiet for</dt><dd class="number">${duration(one.lag_seconds)}</dd>`}
        </dl>
        ${all ? html`<div>${bar(one.accepted / all, one.rejected / all > 0.2 ? 'bad' : 'good')}<p class="tiny faint number">${percent((one.accepted / all) * 100)} could be read</p></div>` : nothing}
        ${trouble
          ? html`<p class="small bad wrap">Needs you: ${foreign(trouble.last_error, 200)}</p>`
          : failing
            ? html`<p class="small warn">Heals itself: it is tried again until it works.</p>`
            : nothing}
      </div>
      <footer><a href="/add/${TABS[one.source] ?? encodeURIComponent(one.source)}" data-key="Enter">Set up and docs</a></footer>
    </article>`;
  }

  connectionList() {
    return html`<section class="card" aria-labelledby="connections">
      <header><h2 id="connections">Connections</h2></header>
      ${view(this.connections, ({ items }) =>
        items.length
          ? html`<ul class="entries">
              ${items.map(
                (one) => html`<li>
                  <div class="entry" data-row>
                    <button class="entry-open grow" data-key="e" @click=${() => (this.editing = one)}>
                      <span class="title">${one.name}</span>
                      <span class="sub clip">${kindWord(one.kind)} · last worked ${ago(one.last_success)}${one.last_error ? html` · <span class="bad">${foreign(one.last_error, 160)}</span>` : nothing}</span>
                    </button>
                    ${one.made_by === 'file' ? badge('by file') : nothing} ${connectionState(one.state)}
                    ${one.kind === 'webhook' || one.kind === 'smtp'
                      ? html`<button class="button plain small" @click=${() => this.showLetters(one)}>Undelivered</button>`
                      : nothing}
                  </div>
                  ${this.letters[one.name] ? this.undelivered(one) : nothing}
                </li>`,
              )}
            </ul>`
          : empty({ icon: 'plug', title: 'Nothing is connected', text: 'Mailboxes, HubSpot, Salesforce, webhooks and outgoing mail are connected here, or by a file of the integration team.' }),
      )}
    </section>`;
  }

  async showLetters(one) {
    if (this.letters[one.name]) {
      const { [one.name]: _gone, ...others } = this.letters;
      this.letters = others;
      return;
    }
    try {
      const { items } = await api.get(`/connections/${segment(one.name)}/dead-letters`, { params: { limit: 50 } });
      this.letters = { ...this.letters, [one.name]: items };
    } catch (error) {
      toastError(error);
    }
  }

  undelivered(one) {
    const items = this.letters[one.name];
    if (!items.length) return html`<p class="small soft padded">Everything was delivered.</p>`;
    return html`<div class="padded stack">
      <div class="row between"><span class="small">${plural(items.length, 'message')} given up after a day</span><button class="button small" @click=${() => this.again(one, '/replay')}>Send all again</button></div>
      <ul class="entries framed">
        ${items.map(
          (letter) => html`<li class="entry">
            <span class="grow"><span class="title">${letter.type}</span><span class="sub clip">${foreign(letter.error, 200)}</span></span>
            <time class="tiny faint" title=${dateTime(letter.dead_at)}>${ago(letter.dead_at)}</time>
            <button class="button plain small" @click=${() => this.again(one, `/${segment(letter.id)}/replay`)}>Send again</button>
            <button class="button plain small danger" aria-label="Drop it" @click=${() => this.drop(one, letter)}>${icon('trash-2')}</button>
          </li>`,
        )}
      </ul>
    </div>`;
  }

  async again(one, which) {
    try {
      const { replayed } = await api.post(`/connections/${segment(one.name)}/dead-letters${which}`, {});
      toast(`${plural(replayed, 'message')} on the way again`, { tone: 'good' });
      this.letters = { ...this.letters, [one.name]: [] };
    } catch (error) {
      toastError(error);
    }
  }

  async drop(one, letter) {
    if (!(await ask({ title: 'Drop this message?', text: 'It is never sent.', yes: 'Drop', danger: true }))) return;
    try {
      await api.delete(`/connections/${segment(one.name)}/dead-letters/${segment(letter.id)}`);
      this.letters = { ...this.letters, [one.name]: this.letters[one.name].filter((each) => each.id !== letter.id) };
    } catch (error) {
      toastError(error);
    }
  }
}

define('t-sources', Sources);
