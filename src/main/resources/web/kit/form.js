// @ts-check
/** Fields with their faults beside them, checked while typing by the rules the hub itself goes by. */
import { html, nothing } from '../core/element.js';
import { icon } from './basics.js';

/**
 * The values of one form, which of them are wrong, and which were touched: a fault is shown once a field was left, or on
 * trying to send.
 */
export class Form {
  /**
   * @param {import('lit').ReactiveControllerHost} host
   * @param {Record<string, any>} initial
   * @param {Record<string, (value: any, all: Record<string, any>) => string | undefined>} rules
   */
  constructor(host, initial, rules = {}) {
    this.host = host;
    this.initial = initial;
    this.rules = rules;
    this.reset();
  }

  reset(values = this.initial) {
    this.values = { ...values };
    /** @type {Set<string>} */
    this.touched = new Set();
    /** Faults the hub has found, until the field is changed. @type {Record<string, string>} */
    this.refused = {};
    this.busy = false;
    this.host.requestUpdate();
  }

  set(name, value) {
    this.values = { ...this.values, [name]: value };
    delete this.refused[name];
    this.host.requestUpdate();
  }

  touch(name) {
    this.touched.add(name);
    this.host.requestUpdate();
  }

  fault(name) {
    return this.refused[name] ?? this.rules[name]?.(this.values[name], this.values);
  }

  shownFault(name) {
    return this.refused[name] ?? (this.touched.has(name) ? this.fault(name) : undefined);
  }

  get isValid() {
    return Object.keys(this.rules).every((name) => !this.rules[name](this.values[name], this.values));
  }

  /** What was filled in, without what was left empty. */
  filled() {
    return Object.fromEntries(Object.entries(this.values).filter(([, value]) => value !== '' && value !== null && value !== undefined));
  }

  /**
   * Shows every fault; when there is none, runs `send` and shows what the hub refuses at its field. Returns what `send`
   * gave, or undefined; a failure that belongs to no field is thrown.
   * @template T
   * @param {() => Promise<T>} send
   * @param {HTMLElement} [root] where to look for the first wrong field, to put the cursor there
   */
  async submit(send, root) {
    for (const name of Object.keys(this.rules)) this.touched.add(name);
    this.host.requestUpdate();
    if (!this.isValid) {
      this.toFirstFault(root);
      return undefined;
    }
    this.busy = true;
    try {
      return await send();
    } catch (error) {
      const known = Object.entries(/** @type {any} */ (error).byField?.() ?? {}).filter(([name]) => name in this.values);
      if (!known.length) throw error;
      this.refused = Object.fromEntries(known);
      this.toFirstFault(root);
      return undefined;
    } finally {
      this.busy = false;
      this.host.requestUpdate();
    }
  }

  async toFirstFault(root) {
    await /** @type {any} */ (this.host).updateComplete;
    /** @type {HTMLElement | null | undefined} */ (root?.querySelector('[aria-invalid="true"]'))?.focus();
  }
}

/**
 * One field of a form.
 * @param {Form} form
 * @param {{name: string, label: string, type?: string, needed?: boolean, hint?: unknown, options?: [string, string][],
 *   suggestions?: string[], placeholder?: string, whole?: boolean, autocomplete?: string, inputmode?: string,
 *   rows?: number}} about
 */
export function field(form, about) {
  const { name, label, type = 'text', needed = false, hint, options, suggestions, whole = false } = about;
  const id = `f-${name}`;
  const fault = form.shownFault(name);
  const describedBy = [fault ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || nothing;
  const value = form.values[name] ?? '';
  const typed = (event) => form.set(name, event.target.value);
  const left = () => form.touch(name);
  return html`<div class="field ${whole ? 'whole' : ''}">
    <label for=${id}>${label}${needed ? html` <span class="needed">· required</span>` : nothing}</label>
    ${options
      ? html`<select id=${id} name=${name} class="input" aria-invalid=${fault ? 'true' : nothing} aria-describedby=${describedBy} @change=${typed} @blur=${left}>
          ${options.map(([code, word]) => html`<option value=${code} ?selected=${code === value}>${word}</option>`)}
        </select>`
      : type === 'textarea'
        ? html`<textarea
            id=${id}
            name=${name}
            class="input"
            rows=${about.rows ?? 3}
            .value=${value}
            aria-invalid=${fault ? 'true' : nothing}
            aria-describedby=${describedBy}
            placeholder=${about.placeholder ?? nothing}
            @input=${typed}
            @blur=${left}
          ></textarea>`
        : html`<input
            id=${id}
            name=${name}
            class="input"
            type=${type}
            .value=${String(value)}
            ?required=${needed}
            aria-invalid=${fault ? 'true' : nothing}
            aria-describedby=${describedBy}
            list=${suggestions ? `${id}-list` : nothing}
            placeholder=${about.placeholder ?? nothing}
            autocomplete=${about.autocomplete ?? 'off'}
            inputmode=${about.inputmode ?? nothing}
            @input=${typed}
            @blur=${left}
          />`}
    ${suggestions ? html`<datalist id="${id}-list">${suggestions.map((one) => html`<option value=${one}></option>`)}</datalist>` : nothing}
    ${fault ? html`<p class="error" id="${id}-error">${icon('circle-alert')}<span>${sentence(fault)}</span></p>` : nothing}
    ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
  </div>`;
}

/** The hub says "is required" of a field; beside the field that reads better as a sentence. */
export function sentence(fault) {
  const text = String(fault);
  return text.startsWith('is ') || text.startsWith('must ') ? `This ${text}` : text.charAt(0).toUpperCase() + text.slice(1);
}

const MAIL = /^[^\s@<>(),;:"\\]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** The rules of the hub that can be told before sending. */
export const rules = {
  needed: (value) => (String(value ?? '').trim() ? undefined : 'is required'),
  mail: (value) => (!value || MAIL.test(String(value).trim()) ? undefined : 'is no e-mail address'),
  neededMail: (value) => rules.needed(value) ?? rules.mail(value),
  amount(value) {
    const text = String(value ?? '').trim();
    if (!text) return undefined;
    if (/^\s*[-−(]/.test(text)) return 'must not be negative';
    if (!/\d/.test(text) || /\d\s*(?:-|–|to|or|bis)\s*\d/i.test(text)) return 'is not one plain amount';
    return undefined;
  },
  share(value) {
    const text = String(value ?? '').trim().replace('%', '').trim();
    if (!text) return undefined;
    const number = Number(text.replace(',', '.'));
    return Number.isFinite(number) && number >= 0 && number <= 100 ? undefined : 'is no number from 0 to 100';
  },
  currency: (value) => (!value || /^[A-Za-z]{3}$/.test(String(value).trim()) ? undefined : 'is no ISO code of three letters'),
};
