// @ts-check
/** What lies over the page: messages that go by themselves, questions, drawers and menus; all on the browser's own. */
import { render } from 'lit-html';
import { Element, define, html, newId, nothing } from '../core/element.js';
import { icon } from './basics.js';

/** @type {{id: number, tone: string, text: unknown, action?: {label: string, run: () => void}}[]} */
let shown = [];
let numbers = 0;

function frame() {
  let place = document.querySelector('.toasts');
  if (!place) {
    place = document.createElement('div');
    place.className = 'toasts';
    place.setAttribute('popover', 'manual');
    place.setAttribute('role', 'status');
    place.setAttribute('aria-live', 'polite');
    document.body.append(place);
  }
  return /** @type {HTMLElement} */ (place);
}

function drawToasts() {
  const place = frame();
  render(
    shown.map(
      (toast) => html`<div class="toast ${toast.tone}">
        <div class="grow wrap">${toast.text}</div>
        ${toast.action
          ? html`<button
              class="button small"
              @click=${() => {
                dismiss(toast.id);
                toast.action?.run();
              }}
            >
              ${toast.action.label}
            </button>`
          : nothing}
        <button class="button plain small square" aria-label="Dismiss" @click=${() => dismiss(toast.id)}>${icon('x')}</button>
      </div>`,
    ),
    place,
  );
  if (shown.length && !place.matches(':popover-open')) place.showPopover();
  if (!shown.length && place.matches(':popover-open')) place.hidePopover();
}

function dismiss(id) {
  shown = shown.filter((toast) => toast.id !== id);
  drawToasts();
}

/**
 * A message that goes by itself; one with something to do stays longer.
 * @param {{tone?: 'good' | 'bad' | '', action?: {label: string, run: () => void}}} [options]
 */
export function toast(text, { tone = '', action } = {}) {
  numbers += 1;
  const id = numbers;
  shown = [...shown.slice(-3), { id, tone, text, action }];
  drawToasts();
  setTimeout(() => dismiss(id), action ? 12_000 : 6000);
}

/** Says why something did not work. */
export const toastError = (error) => toast(error?.message ?? String(error), { tone: 'bad' });

/**
 * Asks before something is done that cannot simply be taken back.
 * One that only tells has no way to say no.
 * @param {{title: string, text?: unknown, yes: string, danger?: boolean, tells?: boolean}} question
 * @returns {Promise<boolean>}
 */
export function ask({ title, text = nothing, yes, danger = false, tells = false }) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    const id = newId('ask');
    dialog.className = 'asking';
    dialog.setAttribute('aria-labelledby', id);
    const close = (answer) => () => {
      dialog.close();
      resolve(answer);
    };
    render(
      html`<h2 id=${id}>${title}</h2>
        <div class="soft wrap">${text}</div>
        <footer>
          ${tells ? nothing : html`<button class="button" @click=${close(false)}>Cancel</button>`}
          <button class="button ${danger ? 'danger' : 'primary'}" @click=${close(true)}>${yes}</button>
        </footer>`,
      dialog,
    );
    dialog.addEventListener('cancel', () => resolve(false));
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * A panel from the side for something that belongs to the page below. Set `open`, `heading`, `content` and `actions`; it
 * tells of `closed`.
 */
class Drawer extends Element {
  static properties = { open: { type: Boolean }, heading: {}, content: {}, actions: {} };

  constructor() {
    super();
    this.open = false;
    this.heading = '';
    /** @type {unknown} */
    this.content = nothing;
    /** @type {unknown} */
    this.actions = nothing;
    this.labelId = newId('drawer');
  }

  updated() {
    const dialog = /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
    if (this.open && !dialog.open) dialog.showModal();
    if (!this.open && dialog.open) dialog.close();
  }

  render() {
    return html`<dialog class="drawer" aria-labelledby=${this.labelId} @close=${() => this.closed()} @click=${(event) => this.outside(event)}>
      <header>
        <h2 id=${this.labelId} class="clip">${this.heading}</h2>
        <button class="button plain square" aria-label="Close" @click=${() => this.querySelector('dialog')?.close()}>${icon('x')}</button>
      </header>
      <div class="body">${this.open ? this.content : nothing}</div>
      ${this.actions === nothing ? nothing : html`<footer>${this.actions}</footer>`}
    </dialog>`;
  }

  outside(event) {
    if (event.target === event.currentTarget) /** @type {HTMLDialogElement} */ (event.currentTarget).close();
  }

  closed() {
    if (this.open) {
      this.open = false;
      this.dispatchEvent(new Event('closed'));
    }
  }
}

define('t-drawer', Drawer);

/** A button with a menu below it. `items` are templates of buttons and links. */
class Menu extends Element {
  static properties = { label: {}, items: {}, face: {}, tone: {} };

  constructor() {
    super();
    this.label = 'More';
    /** @type {unknown} */
    this.items = nothing;
    /** @type {unknown} */
    this.face = nothing;
    this.tone = 'plain square';
    this.menuId = newId('menu');
  }

  render() {
    return html`<button
        class="button ${this.tone}"
        popovertarget=${this.menuId}
        aria-haspopup="true"
        aria-label=${this.face === nothing ? this.label : nothing}
      >
        ${this.face === nothing ? icon('ellipsis') : this.face}
      </button>
      <div id=${this.menuId} class="menu" popover @toggle=${(event) => this.place(event)} @click=${() => this.hide()} @keydown=${(event) => this.move(event)}>
        ${this.items}
      </div>`;
  }

  get menu() {
    return /** @type {HTMLElement} */ (this.querySelector('.menu'));
  }

  hide() {
    if (this.menu.matches(':popover-open')) this.menu.hidePopover();
  }

  place(event) {
    if (event.newState !== 'open') return;
    const button = /** @type {HTMLElement} */ (this.querySelector('button')).getBoundingClientRect();
    const size = this.menu.getBoundingClientRect();
    const left = Math.max(8, Math.min(button.right - size.width, innerWidth - size.width - 8));
    const below = button.bottom + 4 + size.height <= innerHeight;
    this.menu.style.left = `${left + scrollX}px`;
    this.menu.style.top = `${(below ? button.bottom + 4 : Math.max(8, button.top - size.height - 4)) + scrollY}px`;
    /** @type {HTMLElement | null} */ (this.menu.querySelector('button, a'))?.focus();
  }

  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...this.menu.querySelectorAll('button, a')];
    const now = all.indexOf(/** @type {any} */ (document.activeElement));
    /** @type {HTMLElement} */ (all[(now + step + all.length) % all.length])?.focus();
  }
}

define('t-menu', Menu);
