// @ts-check
/** Where the person is: the address says it all, so every view can be linked, reloaded and gone back to. */
import { screens } from '../screens.js';

/** Tells of `moved` (another screen or another record) and `changed` (only the query). */
export const routerEvents = new EventTarget();

/**
 * @typedef {object} Screen
 * @property {string} path such as `/deals/:id`
 * @property {string} tag the element that shows it
 * @property {string} title
 * @property {() => Promise<unknown>} load
 * @property {string} [icon] shown in the navigation, with the title, when given
 * @property {string} [key] what to press after `g` to go there
 * @property {string} [scope] without it the screen is not offered
 */

/** The screen at `pathname` and what its path's parameters are. */
export function match(pathname) {
  const parts = pathname.split('/').filter(Boolean);
  for (const screen of screens) {
    const wanted = screen.path.split('/').filter(Boolean);
    if (wanted.length !== parts.length) continue;
    /** @type {Record<string, string>} */
    const params = {};
    const fits = wanted.every((part, i) => {
      if (!part.startsWith(':')) return part === parts[i];
      params[part.slice(1)] = decode(parts[i]);
      return true;
    });
    if (fits) return { screen, params };
  }
  return undefined;
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Goes to a path of the interface. */
export function navigate(path, { replace = false } = {}) {
  const before = location.pathname;
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  tell(before);
}

/** The query of the address as an object. */
export function query() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/** Changes some of the query; null takes a parameter away. A filter is replaced, not piled up in the history. */
export function setQuery(changes, { push = false } = {}) {
  const params = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === '') params.delete(name);
    else params.set(name, String(value));
  }
  const text = params.toString();
  const path = location.pathname + (text ? `?${text}` : '');
  if (push) history.pushState(null, '', path);
  else history.replaceState(null, '', path);
  routerEvents.dispatchEvent(new Event('changed'));
}

let shown = location.pathname;

function tell(before) {
  shown = location.pathname;
  routerEvents.dispatchEvent(new Event(before === location.pathname ? 'changed' : 'moved'));
}

addEventListener('popstate', () => tell(shown));

document.addEventListener('click', (event) => {
  const link = event.target instanceof window.Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.target || link.download || event.defaultPrevented) return;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || !match(url.pathname)) return;
  event.preventDefault();
  navigate(url.pathname + url.search);
});
