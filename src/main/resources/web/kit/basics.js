// @ts-check
/** Icons, badges, notes, and the states every view has: loading, empty, failed, denied, offline. */
import { html, nothing } from '../core/element.js';
import { source as sourceWord } from '../core/format.js';
import { ICONS } from './icons.js';

/** A picture beside a word; it says nothing of its own. */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${ICONS[name] ?? nothing}</svg>`;
}

/** @param {'good' | 'warn' | 'bad' | 'accent' | ''} tone */
export function badge(text, tone = '', iconName = '') {
  return html`<span class="badge ${tone}">${iconName ? icon(iconName) : nothing}${text}</span>`;
}

export const SOURCE_ICONS = {
  manual: 'pencil',
  web_form: 'globe',
  csv: 'file-spreadsheet',
  email: 'mail',
  api: 'code',
  hubspot: 'orbit',
  salesforce: 'cloud',
};

export function sourceBadge(code) {
  return html`<span class="badge">${icon(SOURCE_ICONS[code] ?? 'plug')}${sourceWord(code)}</span>`;
}

/** Text that came from outside: shown as it is, in its own direction, never beyond a length that breaks the page. */
export function foreign(text, most = 300) {
  const all = text === null || text === undefined || text === '' ? '–' : String(text);
  return all.length > most
    ? html`<bdi class="foreign" title=${all.slice(0, 2000)}>${all.slice(0, most)}…</bdi>`
    : html`<bdi class="foreign">${all}</bdi>`;
}

/** @param {'' | 'good' | 'warn' | 'bad'} tone */
export function note(content, tone = '') {
  const name = { good: 'circle-check', warn: 'triangle-alert', bad: 'circle-alert' }[tone] ?? 'info';
  return html`<div class="note-box ${tone}">${icon(name)}<div class="grow wrap">${content}</div></div>`;
}

/** Lines where text will be. */
export function bones(lines = 4) {
  return html`<div class="bones" role="status" aria-label="Loading">
    ${Array.from({ length: lines }, () => html`<i></i>`)}
  </div>`;
}

/** @param {{icon?: string, title: string, text?: unknown, actions?: unknown}} state */
export function empty({ icon: name = 'inbox', title, text = nothing, actions = nothing }) {
  return html`<div class="state">
    ${icon(name)}
    <p class="title">${title}</p>
    ${text === nothing ? nothing : html`<p>${text}</p>`}
    ${actions === nothing ? nothing : html`<div class="row wrapping">${actions}</div>`}
  </div>`;
}

/** What is shown in place of something that could not be loaded. */
export function failed(error, retry) {
  if (error?.isDenied) {
    return empty({ icon: 'lock', title: 'Not for this key', text: error.message });
  }
  return html`<div class="state" role="alert">
    ${icon(error?.isOffline ? 'wifi-off' : 'circle-alert')}
    <p class="title">${error?.isOffline ? 'The hub cannot be reached' : error?.status === 404 ? 'Not found' : 'This did not load'}</p>
    <p>
      ${error?.isOffline ? 'What you see may be old. It loads by itself once the hub answers again.' : (error?.message ?? '')}
      ${error?.requestId ? html`<br /><span class="faint tiny">Request ${error.requestId}</span>` : nothing}
    </p>
    ${retry && error?.status !== 404
      ? html`<div class="row"><button class="button small" @click=${retry}>${icon('refresh-cw')}Try again</button></div>`
      : nothing}
  </div>`;
}

/**
 * Shows a resource in the state it is in. Old data stays in sight while it loads anew, also when that fails.
 * @template T
 * @param {import('../core/element.js').Resource<T>} resource
 * @param {(data: T) => unknown} ready
 */
export function view(resource, ready, { lines = 4 } = {}) {
  if (resource.data !== undefined) return ready(resource.data);
  if (resource.error) return failed(resource.error, () => resource.reload());
  return bones(lines);
}

/** The head of a screen. @param {{sub?: unknown, actions?: unknown}} [more] */
export function head(title, { sub = nothing, actions = nothing } = {}) {
  return html`<header class="page-head">
    <div class="grow">
      <h1 tabindex="-1">${title}</h1>
      ${sub === nothing ? nothing : html`<p>${sub}</p>`}
    </div>
    ${actions === nothing ? nothing : html`<div class="row wrapping">${actions}</div>`}
  </header>`;
}
