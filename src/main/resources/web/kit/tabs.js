// @ts-check
/** Tabs: arrow keys move between them, Tab leads on into the panel. */
import { html, nothing } from '../core/element.js';
import { icon } from './basics.js';

/**
 * The list of tabs; the panel belongs below it, with `role="tabpanel"` and the id `${id}-panel`.
 * @param {{id: string, label: string, selected: string, select: (code: string) => void,
 *   items: {code: string, title: string, icon?: string, mark?: unknown}[]}} about
 */
export function tabs({ id, label, selected, select, items }) {
  const move = (event) => {
    const now = items.findIndex((item) => item.code === selected);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: items.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const item = items[(next + items.length) % items.length];
    select(item.code);
    const list = event.currentTarget;
    requestAnimationFrame(() => list.querySelector(`[data-code="${CSS.escape(item.code)}"]`)?.focus());
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} @keydown=${move}>
    ${items.map(
      (item) => html`<button
        role="tab"
        id="${id}-${item.code}"
        data-code=${item.code}
        aria-selected=${item.code === selected}
        aria-controls="${id}-panel"
        tabindex=${item.code === selected ? 0 : -1}
        @click=${() => select(item.code)}
      >
        ${item.icon ? icon(item.icon) : nothing}${item.title}${item.mark ?? nothing}
      </button>`,
    )}
  </div>`;
}

/** One choice of a few, as buttons side by side. */
export function segments(label, selected, choose, items) {
  return html`<div class="segments" role="group" aria-label=${label}>
    ${items.map(
      ([code, word]) => html`<button type="button" aria-pressed=${code === selected} @click=${() => choose(code)}>${word}</button>`,
    )}
  </div>`;
}
