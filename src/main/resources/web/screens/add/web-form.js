// @ts-check
/** Forms on web pages: a form's own key, the snippet to paste, how it looks, and a test that is seen live. */
import { Element, define, html, nothing } from '../../core/element.js';
import { BASE, api, may, newOnce } from '../../core/api.js';
import { LiveReader } from '../../core/live.js';
import { icon, note } from '../../kit/basics.js';
import { Form, field, rules } from '../../kit/form.js';
import { toastError } from '../../kit/overlays.js';
import { copy, snippet } from '../../kit/snippet.js';

/** The fields a form may have besides the address, which it always has. */
const FIELDS = [
  { name: 'first_name', label: 'First name', autocomplete: 'given-name' },
  { name: 'last_name', label: 'Last name', autocomplete: 'family-name' },
  { name: 'company', label: 'Company', autocomplete: 'organization' },
  { name: 'phone', label: 'Phone', autocomplete: 'tel' },
  { name: 'company_size', label: 'Company size', options: ['1-10', '11-50', '51-200', '201-500', '501-1000', '1001-5000', '5001+'] },
  { name: 'product_interest', label: 'Interested in' },
  { name: 'message', label: 'Message', area: true },
];

class WebFormWay extends Element {
  static properties = { chosen: { state: true }, key: { state: true }, sent: { state: true }, arrived: { state: true } };

  constructor() {
    super();
    this.chosen = ['first_name', 'last_name', 'company', 'company_size', 'message'];
    /** The key made just now; it is shown once. @type {string | undefined} */
    this.key = undefined;
    /** @type {any} */
    this.sent = undefined;
    /** @type {string | undefined} */
    this.arrived = undefined;
    this.keyForm = new Form(this, { origin: '' }, { origin: originRule });
    this.test = new Form(this, { email: '', first_name: '', last_name: '', company: '', phone: '', company_size: '', product_interest: '', message: '' }, { email: rules.neededMail });
    /** Deals that the feed told of lately: it may be quicker than the answer. @type {Set<string>} */
    this.told = new Set();
    new LiveReader(this, (batch) => {
      for (const event of batch) if (event.subject) this.told.add(event.subject);
      if (this.told.size > 500) this.told = new Set([...this.told].slice(-100));
      this.look();
    });
  }

  look() {
    const deal = this.sent?.deal?.id;
    if (deal && this.told.has(deal)) this.arrived = deal;
  }

  get shown() {
    return FIELDS.filter((one) => this.chosen.includes(one.name));
  }

  render() {
    return html`<div class="two even">
      <div class="stack wide">
        <section class="stack">
          <h2>1 · What the form asks for</h2>
          <p class="small soft">The e-mail address is always asked for. Every other field, and campaign parameters of the page, are kept too.</p>
          <div class="choices">
            ${FIELDS.map(
              (one) => html`<label class="check small"
                ><input type="checkbox" .checked=${this.chosen.includes(one.name)} @change=${(event) => this.choose(one.name, event.target.checked)} /><span
                  >${one.label}</span
                ></label
              >`,
            )}
          </div>
        </section>
        <section class="stack">
          <h2>2 · A key for the page</h2>
          <p class="small soft">It can submit this form and nothing else, so it may stand in a public page. Name the page's origin to let browsers there use it.</p>
          ${this.keyPart()}
        </section>
        <section class="stack">
          <h2>3 · Paste this into the page</h2>
          ${snippet('HTML', this.code('KEY'), { copied: this.code(this.key ?? 'KEY') })}
          ${this.key
            ? html`<div class="row small"><span class="grow soft">“Copy” puts the new key in place of KEY.</span>
                <button class="button small" @click=${() => copy(this.key ?? '', 'Key copied')}>${icon('copy')}Copy the key alone</button></div>`
            : nothing}
        </section>
      </div>
      <div class="stack docs">
        <h2>Preview and test</h2>
        <p class="small soft">This is the form as a visitor meets it. Sending it makes a real lead in this workspace.</p>
        ${this.sent ? this.result() : nothing}
        <form class="card padded form" novalidate @submit=${(event) => this.send(event)}>
          ${field(this.test, { name: 'email', label: 'E-mail', type: 'email', needed: true, whole: true })}
          ${this.shown.map((one) =>
            field(this.test, {
              name: one.name,
              label: one.label,
              type: one.area ? 'textarea' : 'text',
              whole: Boolean(one.area),
              options: one.options ? [['', '–'], ...one.options.map((size) => /** @type {[string, string]} */ ([size, size]))] : undefined,
            }),
          )}
          <div class="whole">
            <button class="button primary" ?disabled=${this.test.busy || !may('ingest')} aria-busy=${this.test.busy}>${icon('send')}Send a test</button>
          </div>
        </form>
        <h2>What protects it</h2>
        <ul class="bullets small soft">
          <li>A hidden field only machines fill in: what fills it is set apart as spam and counts nowhere.</li>
          <li>Thirty submissions a minute from one address, unless the key says otherwise.</li>
          <li>A visitor never learns whom or what the form matched.</li>
        </ul>
      </div>
    </div>`;
  }

  keyPart() {
    if (!may('admin')) return note('Making keys needs the scope admin.');
    if (this.key) {
      return note(html`<p>The key, shown this once: <code class="wrap">${this.key}</code></p>`, 'good');
    }
    return html`<form class="row bottom wrapping" novalidate @submit=${(event) => this.makeKey(event)}>
      <div class="grow">
        ${field(this.keyForm, { name: 'origin', label: 'Origin of the page', placeholder: 'https://www.example.com', hint: 'Empty when a server sends the form, not a browser.' })}
      </div>
      <button class="button" ?disabled=${this.keyForm.busy}>${icon('key-round')}Make key</button>
    </form>`;
  }

  async makeKey(event) {
    event.preventDefault();
    const origin = this.keyForm.values.origin.trim();
    try {
      const made = await this.keyForm.submit(
        () => api.post('/keys', { name: origin ? `form on ${origin}` : 'web form', scopes: ['form'], ...(origin ? { origins: [origin] } : {}) }),
        this,
      );
      if (made) this.key = made.api_key;
    } catch (error) {
      toastError(error);
    }
  }

  choose(name, on) {
    this.chosen = on ? [...this.chosen, name] : this.chosen.filter((one) => one !== name);
  }

  code(key) {
    const inputs = this.shown.map((one) => {
      if (one.area) return `  <label>${one.label} <textarea name="${one.name}" rows="4"></textarea></label>`;
      if (one.options) {
        return `  <label>${one.label} <select name="${one.name}">\n    <option></option>\n${one.options.map((size) => `    <option>${size}</option>`).join('\n')}\n  </select></label>`;
      }
      return `  <label>${one.label} <input name="${one.name}" autocomplete="${one.autocomplete ?? 'off'}"></label>`;
    });
    return `<form method="post" action="${location.origin}${BASE}/web-form?form_key=${key}">
  <label>E-mail <input name="email" type="email" autocomplete="email" required></label>
${inputs.join('\n')}
  <input name="_gotcha" hidden tabindex="-1" autocomplete="off">
  <input name="page_url" type="hidden">
  <button>Send</button>
</form>
<script>document.querySelector('[name=page_url]').value = location.href</script>`;
  }

  result() {
    const { deal } = this.sent;
    return html`<div role="status">
      ${note(
        html`<p><strong>Taken</strong> as <a href="/deals/${deal.id}">${deal.name}</a>.</p>
          <p>${this.arrived ? 'Seen on the live feed.' : 'Waiting for it on the live feed…'}</p>`,
        'good',
      )}
    </div>`;
  }

  async send(event) {
    event.preventDefault();
    this.arrived = undefined;
    this.sent = undefined;
    const asked = new Set(['email', ...this.chosen]);
    const body = Object.fromEntries(Object.entries(this.test.filled()).filter(([name]) => asked.has(name)));
    try {
      const taken = await this.test.submit(() => api.post('/web-form', { ...body, page_url: location.origin + location.pathname }, { once: newOnce() }), this);
      if (!taken) return;
      this.sent = taken;
      this.look();
    } catch (error) {
      toastError(error);
    }
  }
}

function originRule(value) {
  if (!value) return undefined;
  return /^https?:\/\/[^\s/?#]+$/.test(value.trim()) ? undefined : 'is no origin, such as https://www.example.com';
}

define('t-add-web-form', WebFormWay);
