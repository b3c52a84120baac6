// @ts-check
/** The frame around every screen: signing in, navigation, keys, and what the person is told about the connection. */
import { Element, define, html, nothing } from './core/element.js';
import { loadSession, may, session, sessionEvents, signIn, signOut } from './core/api.js';
import { live } from './core/live.js';
import { match, navigate, routerEvents } from './core/router.js';
import { ago } from './core/format.js';
import { bones, empty, failed, head, icon } from './kit/basics.js';
import { ask, toast, toastError } from './kit/overlays.js';
import { screens } from './screens.js';

/** The code of a sign-in link. It leaves the address, and with it the history, before anything else happens. */
const code = takeCode();

function takeCode() {
  const found = new URLSearchParams(location.hash.slice(1)).get('code');
  if (found) history.replaceState(null, '', location.pathname + location.search);
  return found;
}

const THEME = 'tributary-theme';

function applyTheme(theme) {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  document.dispatchEvent(new Event('theme'));
}

applyTheme(localStorage.getItem(THEME));

class App extends Element {
  static properties = { phase: { state: true }, trouble: { state: true }, place: { state: true }, navOpen: { state: true } };

  constructor() {
    super();
    /** @type {'starting' | 'unreachable' | 'signed-out' | 'ready'} */
    this.phase = 'starting';
    /** @type {any} */
    this.trouble = undefined;
    /** @type {{screen: import('./core/router.js').Screen, params: Record<string, string>} | undefined} */
    this.place = undefined;
    this.navOpen = false;
    sessionEvents.addEventListener('signed-in', () => this.enter());
    sessionEvents.addEventListener('signed-out', () => this.leave());
    routerEvents.addEventListener('moved', () => this.goTo(true));
    live.watch(() => this.followLive());
    document.addEventListener('keydown', (event) => this.key(event));
    setInterval(() => live.state === 'lost' && this.requestUpdate(), 1000);
  }

  connectedCallback() {
    // What the page shows until its modules are there.
    this.replaceChildren();
    super.connectedCallback();
    this.start();
  }

  async start() {
    this.phase = 'starting';
    try {
      await loadSession();
      if (code) await this.useCode(code);
    } catch (error) {
      this.trouble = error;
      if (/** @type {any} */ (error).code !== 'code_unknown') {
        this.phase = 'unreachable';
        return;
      }
      if (session.signed_in) toast('That sign-in link was used already. You are still signed in.');
    }
    if (session.signed_in) this.enter();
    else this.leave();
  }

  async useCode(link) {
    try {
      await signIn({ code: link });
    } catch (error) {
      if (/** @type {any} */ (error).code !== 'signed_in') throw error;
      const yes = await ask({
        title: `Leave ${session.tenant_id}?`,
        text: 'The link you opened belongs to another workspace. Signing in there ends this session.',
        yes: 'Sign in there',
      });
      if (yes) await signIn({ code: link, replace: true });
    }
  }

  enter() {
    this.phase = 'ready';
    this.trouble = undefined;
    live.start();
    this.goTo(false);
  }

  async leave() {
    await import('./screens/sign-in.js');
    this.phase = 'signed-out';
    this.screen = undefined;
    document.title = 'Sign in · Tributary';
  }

  followLive() {
    // A screen whose files could not be had comes with the hub.
    if (live.state === 'live' && this.trouble && !this.screen) this.goTo(false);
    this.requestUpdate();
  }

  async goTo(byPerson) {
    if (this.phase !== 'ready') return;
    this.navOpen = false;
    const place = match(location.pathname);
    this.trouble = undefined;
    this.place = place;
    document.title = `${place?.screen.title ?? 'Not found'} · Tributary`;
    if (!place) {
      this.screen = undefined;
      return;
    }
    try {
      await place.screen.load();
    } catch {
      this.screen = undefined;
      const isOffline = !navigator.onLine || live.state === 'lost';
      this.trouble = { isOffline, message: 'A part of the page did not load. Reload it.' };
      this.requestUpdate();
      return;
    }
    if (place !== this.place) return;
    const screen = /** @type {any} */ (document.createElement(place.screen.tag));
    screen.params = place.params;
    this.screen = screen;
    this.requestUpdate();
    if (byPerson) {
      await this.updateComplete;
      await screen.updateComplete;
      scrollTo(0, 0);
      /** @type {HTMLElement | null} */ (this.querySelector('h1'))?.focus({ preventScroll: true });
    }
  }

  render() {
    if (this.phase === 'starting') return html`<p class="boot" role="status">Loading Tributary…</p>`;
    if (this.phase === 'unreachable') return html`<main class="alone">${failed(this.trouble, () => this.start())}</main>`;
    if (this.phase === 'signed-out') return html`<t-sign-in .trouble=${this.trouble}></t-sign-in>`;
    return html`<a class="skip" href="#main" @click=${(event) => this.skip(event)}>Skip to content</a>
      <header class="top">
        <button
          class="button plain square"
          aria-label="Navigation"
          aria-expanded=${this.navOpen}
          aria-controls="side"
          @click=${() => {
            this.navOpen = !this.navOpen;
          }}
        >
          ${icon(this.navOpen ? 'x' : 'menu')}
        </button>
        ${brand()}
      </header>
      <nav class="side ${this.navOpen ? 'open' : ''}" id="side" aria-label="Main">
        <div class="side-head">${brand()}</div>
        <ul class="places">
          ${screens.filter((one) => one.icon && (!one.scope || may(one.scope))).map((one) => this.link(one))}
        </ul>
        <div class="side-foot">${this.liveState()} ${this.account()}</div>
      </nav>
      <main id="main" tabindex="-1">${this.banner()} ${this.content()}</main>`;
  }

  content() {
    if (!this.place) {
      return html`${head('There is no such page')}
        <section class="card">
          ${empty({ icon: 'circle-help', title: 'Nothing is shown at this address', actions: html`<a class="button" href="/">To the command center</a>` })}
        </section>`;
    }
    if (this.screen) return this.screen;
    return html`${head(this.place.screen.title)} ${this.trouble ? html`<section class="card">${failed(this.trouble, () => location.reload())}</section>` : bones(6)}`;
  }

  link(screen) {
    const here = this.place?.screen.path ?? '';
    const current = here === screen.path || (screen.path !== '/' && here.startsWith(`${screen.path}/`));
    return html`<li>
      <a href=${screen.path} aria-current=${current ? 'page' : nothing}>${icon(screen.icon)}<span>${screen.title}</span></a>
    </li>`;
  }

  liveState() {
    const [tone, word] = {
      live: ['good', 'Live'],
      connecting: ['', 'Connecting…'],
      lost: ['warn', 'Not live'],
      off: ['', 'Not live'],
    }[live.state];
    return html`<span class="row tiny soft"><i class="dot ${tone}"></i>${word}</span>`;
  }

  banner() {
    // A break of a few seconds mends itself before anyone needs to know.
    if (live.state !== 'lost' || Date.now() - live.lostAt < 4000) return nothing;
    return html`<div class="banner" role="status">
      ${icon('wifi-off')}
      <span class="grow">Live updates stopped ${ago(live.lostAt)}. What you see may be older than that; it catches up by itself.</span>
      <button class="button small" @click=${() => live.retry()}>Try now</button>
    </div>`;
  }

  account() {
    const theme = localStorage.getItem(THEME) ?? 'auto';
    const choose = (name) => () => {
      localStorage.setItem(THEME, name);
      applyTheme(name);
      this.requestUpdate();
    };
    return html`<t-menu
      .tone=${'plain account'}
      .face=${html`<span class="clip">${session.tenant_id}<span class="faint"> / ${session.workspace_id}</span></span>${icon('chevron-up')}`}
      .items=${html`<p class="note">Signed in by ${session.name}</p>
        ${[
          ['light', 'sun', 'Light'],
          ['dark', 'moon', 'Dark'],
          ['auto', 'monitor', 'As the system'],
        ].map(
          ([name, picture, word]) =>
            html`<button aria-pressed=${theme === name} @click=${choose(name)}>
              ${icon(picture)}<span class="grow">${word}</span>${theme === name ? icon('check') : nothing}
            </button>`,
        )}
        <button @click=${() => this.help()}>${icon('keyboard')}Keys</button>
        <a href="/docs" target="_blank" rel="noopener">${icon('code')}API reference</a>
        <button @click=${() => signOut().catch(toastError)}>${icon('log-out')}Sign out</button>`}
    ></t-menu>`;
  }

  skip(event) {
    event.preventDefault();
    /** @type {HTMLElement | null} */ (this.querySelector('#main'))?.focus();
  }

  help() {
    ask({
      title: 'Keys',
      text: html`<dl class="facts keys">
        ${[
          ['/', 'Search'],
          ['j  k', 'Next and previous entry'],
          ['Enter', 'Open'],
          ['e', 'Fix the entry in focus'],
          ['r', 'Replay the entry in focus'],
          ['?', 'These keys'],
          ...screens.filter((one) => one.key).map((one) => [`g ${one.key}`, one.title]),
        ].map(([keys, what]) => html`<dt>${keys.split(/\s+/).map((one) => html`<kbd>${one}</kbd> `)}</dt><dd>${what}</dd>`)}
      </dl>`,
      yes: 'Close',
      tells: true,
    });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (this.phase !== 'ready' || event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
    const at = /** @type {HTMLElement} */ (event.target);
    if (at.closest?.('input, textarea, select, dialog, [contenteditable]')) return;
    if (this.goes) {
      this.goes = false;
      const screen = screens.find((one) => one.key === event.key);
      if (screen) navigate(screen.path);
      return;
    }
    const row = at.closest?.('[data-row]');
    if (event.key === 'g') {
      this.goes = true;
      setTimeout(() => {
        this.goes = false;
      }, 1500);
    } else if (event.key === '?') this.help();
    else if (event.key === '/') this.search(event);
    else if (event.key === 'j' || event.key === 'k') this.step(event.key === 'j' ? 1 : -1, row);
    else if (row) /** @type {HTMLElement | null} */ (row.querySelector(`[data-key="${CSS.escape(event.key)}"]`))?.click();
  }

  search(event) {
    event.preventDefault();
    const field = /** @type {HTMLElement | null} */ (this.querySelector('main [data-search]'));
    if (field) field.focus();
    else navigate('/deals?search');
  }

  step(by, row) {
    const rows = [...this.querySelectorAll('main [data-row]')];
    const next = rows[row ? rows.indexOf(row) + by : 0];
    if (!next) return;
    const target = /** @type {HTMLElement} */ (next.matches('a, button, [tabindex]') ? next : next.querySelector('a, button'));
    target?.focus();
    next.scrollIntoView({ block: 'nearest' });
  }
}

function brand() {
  return html`<a class="brand" href="/"
    ><svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0b6a8f"></rect>
      <path d="M7 8c5 0 5 6 9 8m9-8c-5 0-5 6-9 8m0 0v9" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"></path></svg
    >Tributary</a
  >`;
}

define('t-app', App);
