// @ts-check
/** The one way to the hub: requests as the signed-in person, and every failure as one kind of error. */

export const BASE = '/api/sales/deals';

/** Why a request failed, in the words of the hub. `status` is 0 when the hub could not be reached. */
export class ApiError extends Error {
  constructor(status, body, retryAfter = 0) {
    super(body?.error ?? 'The hub did not answer as expected.');
    this.name = 'ApiError';
    this.status = status;
    this.code = body?.code ?? '';
    /** @type {{field: string, error: string, value?: unknown}[]} */
    this.details = Array.isArray(body?.details) ? body.details : [];
    this.requestId = body?.request_id;
    this.rejectedId = body?.rejected_id;
    this.retryAfter = retryAfter;
    this.body = body;
  }

  get isOffline() {
    return this.status === 0;
  }

  get isDenied() {
    return this.status === 403;
  }

  /** The faults by field, for a form to show each beside its input. */
  byField() {
    return Object.fromEntries(this.details.map((detail) => [detail.field, detail.error]));
  }
}

/**
 * Who is signed in.
 * @type {{signed_in: boolean, tenant_id?: string, workspace_id?: string, name?: string, scopes?: string[], csrf?: string,
 *   providers?: {name: string, start: string}[]}}
 */
export let session = { signed_in: false };

/** Tells of `signed-in` and `signed-out`. */
export const sessionEvents = new EventTarget();

export function may(scope) {
  return session.scopes?.includes(scope) ?? false;
}

export async function loadSession() {
  session = await request('GET', '/session', {});
  return session;
}

/** @param {{code?: string, key?: string, replace?: boolean}} proof */
export async function signIn(proof) {
  session = await request('POST', '/session', { json: proof });
  sessionEvents.dispatchEvent(new Event('signed-in'));
}

export async function signOut() {
  await request('DELETE', '/session', {});
  ended();
}

function ended() {
  session = { signed_in: false, providers: session.providers };
  sessionEvents.dispatchEvent(new Event('signed-out'));
}

/**
 * @param {string} method
 * @param {string} url
 * @param {{json?: unknown, body?: BodyInit, type?: string, headers?: Record<string, string>, signal?: AbortSignal}} options
 */
async function request(method, url, { json, body, type, headers = {}, signal }) {
  const all = { Accept: 'application/json', ...headers };
  if (json !== undefined) {
    all['Content-Type'] = 'application/json';
    body = JSON.stringify(json);
  } else if (type) {
    all['Content-Type'] = type;
  }
  if (method !== 'GET' && session.csrf) all['X-CSRF-Token'] = session.csrf;
  let response;
  try {
    response = await fetch(url, { method, headers: all, body, signal, credentials: 'same-origin' });
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new ApiError(0, { error: 'The hub cannot be reached. Check the network, or whether it runs.' });
  }
  return read(response.status, await response.text(), response.headers.get('Retry-After'));
}

function read(status, text, retryAfter) {
  let answer = null;
  try {
    answer = text ? JSON.parse(text) : null;
  } catch {
    // Something in between has answered in its own words; the status says enough.
  }
  if (status >= 200 && status < 300) return answer;
  const error = new ApiError(status, answer, Number(retryAfter) || 0);
  if (status === 401 && session.signed_in) ended();
  throw error;
}

const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** A reading request: tried again while the hub says it is only busy. */
async function get(path, { params = {}, signal } = {}) {
  const url = BASE + path + query(params);
  for (let tries = 0; ; tries += 1) {
    try {
      return await request('GET', url, { signal });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 503 || tries === 2) throw error;
      await pause(Math.min(error.retryAfter || 1, 5));
    }
  }
}

/** `?a=1&b=2` of what is set; empty of nothing. */
export function query(params) {
  const set = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return set.length ? `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}` : '';
}

/** The path of an id that came from outside. */
export const segment = (id) => encodeURIComponent(String(id));

/**
 * A changing request. With `once`, a key that makes sending it again safe: the same key gives the first answer again.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [json]
 * @param {{once?: string, headers?: Record<string, string>, signal?: AbortSignal}} [options]
 */
function change(method, path, json, { once, headers = {}, signal } = {}) {
  return request(method, BASE + path, {
    json,
    signal,
    headers: once ? { ...headers, 'Idempotency-Key': once } : headers,
  });
}

/**
 * Uploads a form, telling how far it is: fetch cannot.
 * @param {string} path
 * @param {FormData} form
 * @param {{progress?: (share: number) => void, signal?: AbortSignal, headers?: Record<string, string>}} [options]
 */
function upload(path, form, { progress, signal, headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', BASE + path);
    sending.setRequestHeader('Accept', 'application/json');
    if (session.csrf) sending.setRequestHeader('X-CSRF-Token', session.csrf);
    for (const [name, value] of Object.entries(headers)) sending.setRequestHeader(name, value);
    sending.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) progress?.(event.loaded / event.total);
    });
    sending.addEventListener('load', () => {
      try {
        resolve(read(sending.status, sending.responseText, sending.getResponseHeader('Retry-After')));
      } catch (error) {
        reject(error);
      }
    });
    sending.addEventListener('error', () =>
      reject(new ApiError(0, { error: 'The connection broke while the file was sent. Nothing was lost: send it again.' })),
    );
    sending.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
    signal?.addEventListener('abort', () => sending.abort());
    sending.send(form);
  });
}

/** A body of any type, such as a whole mail or lines of JSON. */
function send(path, body, type, options = {}) {
  return request('POST', BASE + path, { body, type, ...options });
}

/** Downloads what a path answers, under a file name. */
async function download(path, name, { accept = 'text/csv', params = {} } = {}) {
  const response = await fetch(BASE + path + query(params), { headers: { Accept: accept } });
  if (!response.ok) read(response.status, await response.text(), null);
  save(await response.blob(), name);
}

/** Hands `blob` to the person as a file. */
export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export const api = {
  get,
  post: (path, json, options) => change('POST', path, json, options),
  put: (path, json, options) => change('PUT', path, json, options),
  patch: (path, json, options) => change('PATCH', path, json, options),
  delete: (path, options) => change('DELETE', path, undefined, options),
  upload,
  send,
  download,
};

/** A fresh key for one act of a person, to be kept while it is tried again. */
export const newOnce = () => crypto.randomUUID();
