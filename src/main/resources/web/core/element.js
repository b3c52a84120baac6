// @ts-check
/** What every component starts from: Lit, rendering into the page itself, so that labels, ids and styles work as written. */
import { LitElement, html, svg, nothing } from 'lit';

export { html, svg, nothing };

/** A component without a shadow root. */
export class Element extends LitElement {
  createRenderRoot() {
    return this;
  }
}

/**
 * Something loaded from the hub for one component: it renders again whenever the state changes. What was loaded stays
 * while it is loaded anew, so nothing flickers.
 * @template T
 */
export class Resource {
  /**
   * @param {import('lit').ReactiveControllerHost} host
   * @param {(signal: AbortSignal) => Promise<T>} load
   */
  constructor(host, load) {
    this.host = host;
    this.load = load;
    /** @type {T | undefined} */
    this.data = undefined;
    /** @type {import('./api.js').ApiError | undefined} */
    this.error = undefined;
    this.loading = true;
    this.runs = 0;
    host.addController(this);
  }

  hostConnected() {
    this.reload();
  }

  hostDisconnected() {
    this.abort?.abort();
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  async reload() {
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    this.loading = true;
    this.host.requestUpdate();
    try {
      const data = await this.load(abort.signal);
      if (abort.signal.aborted) return;
      this.data = data;
      this.error = undefined;
    } catch (error) {
      if (abort.signal.aborted) return;
      this.error = /** @type {any} */ (error);
    }
    this.loading = false;
    this.host.requestUpdate();
  }

  /** Loads anew, but not more often than every `millis`, however often it is called. */
  reloadSoon(millis = 2000) {
    if (this.timer === undefined) {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.reload();
      }, millis);
    }
  }
}

/** Registers a component once. */
export function define(name, type) {
  if (!customElements.get(name)) customElements.define(name, type);
}

let ids = 0;

/** An id that no other element of the page has. */
export function newId(prefix) {
  ids += 1;
  return `${prefix}-${ids}`;
}

// The only scripts that may be started by address: libraries and workers of the hub's own, named by constants.
const types = /** @type {any} */ (globalThis).trustedTypes;
const policy = types?.createPolicy('tributary', {
  createScriptURL(url) {
    const whole = new URL(url, location.href);
    if (whole.origin === location.origin && /^\/(web|webjars)\//.test(whole.pathname)) return url;
    throw new TypeError('That script is none of ours.');
  },
});

const trusted = (url) => (policy ? policy.createScriptURL(url) : url);

/** @type {Map<string, Promise<void>>} */
const loaded = new Map();

/** Loads a library that defines a global; once, however often it is asked for. */
export function loadScript(url) {
  let loading = loaded.get(url);
  if (!loading) {
    loading = new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = trusted(url);
      script.addEventListener('load', () => resolve());
      script.addEventListener('error', () => {
        loaded.delete(url);
        reject(new Error(`${url} did not load`));
      });
      document.head.append(script);
    });
    loaded.set(url, loading);
  }
  return loading;
}

/** Starts a worker from one of the interface's own files. */
export const startWorker = (url) => new Worker(trusted(url));
