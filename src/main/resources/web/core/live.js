// @ts-check
/**
 * The live feed: events of the workspace as they are committed. They are handed on in batches, one a frame, so that a
 * thousand a second cost the page no more than sixty batches; after a break it asks for what was missed.
 */
import { api, session, sessionEvents } from './api.js';

/** @typedef {{id: string, type: string, subject?: string, time: string, sequence: number, data: any}} LiveEvent */

/** More than this waiting for one frame is told as a gap: readers load anew instead. */
const MOST_WAITING = 2000;
const LONGEST_PAUSE = 30_000;

class Live {
  constructor() {
    /** @type {'off' | 'connecting' | 'live' | 'lost'} */
    this.state = 'off';
    /** When the connection was lost; the age of what is shown. */
    this.lostAt = 0;
    this.sequence = 0;
    /** @type {Set<(batch: LiveEvent[]) => void>} */
    this.readers = new Set();
    /** @type {Set<() => void>} */
    this.watchers = new Set();
    /** @type {Set<() => void>} */
    this.gapReaders = new Set();
    /** @type {LiveEvent[]} */
    this.waiting = [];
    this.overflowed = false;
    this.failures = 0;
  }

  /** Calls `read` with each batch until the function it returns is called. */
  subscribe(read) {
    this.readers.add(read);
    return () => this.readers.delete(read);
  }

  /** Calls `reload` when events were missed for good, so that what is shown must be loaded anew. */
  onGap(reload) {
    this.gapReaders.add(reload);
    return () => this.gapReaders.delete(reload);
  }

  /** Calls `tell` whenever the state changes. */
  watch(tell) {
    this.watchers.add(tell);
    return () => this.watchers.delete(tell);
  }

  start() {
    if (this.state === 'off') {
      this.failures = 0;
      this.connect();
    }
  }

  stop() {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
    this.sequence = 0;
    this.lostAt = 0;
    this.waiting = [];
    this.become('off');
  }

  /** Tries again at once, when a person asks or the network is back. */
  retry() {
    if (this.state === 'lost') {
      clearTimeout(this.timer);
      this.connect();
    }
  }

  async connect() {
    this.become('connecting');
    const attempt = {};
    this.attempt = attempt;
    try {
      const { ticket } = await api.post('/live/ticket', {});
      if (this.attempt !== attempt || this.state !== 'connecting') return;
      const url = new URL('/ws/deals', location.href);
      url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
      url.searchParams.set('ticket', ticket);
      if (this.sequence) url.searchParams.set('since', String(this.sequence));
      this.listen(new WebSocket(url));
    } catch {
      if (this.attempt === attempt && session.signed_in) this.lose();
    }
  }

  listen(socket) {
    this.socket = socket;
    socket.addEventListener('open', () => {
      if (socket !== this.socket) return;
      this.failures = 0;
      this.lostAt = 0;
      this.become('live');
    });
    socket.addEventListener('message', (message) => {
      if (socket === this.socket) this.take(message.data);
    });
    socket.addEventListener('close', (event) => {
      if (socket !== this.socket) return;
      this.socket = undefined;
      if (event.code === 4410) {
        // What was missed is too old to be sent again.
        this.sequence = 0;
        this.tellGap();
      }
      this.lose();
    });
  }

  lose() {
    if (!this.lostAt) this.lostAt = Date.now();
    this.failures += 1;
    this.become('lost');
    const pause = Math.min(LONGEST_PAUSE, 500 * 2 ** this.failures) * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.connect(), pause);
  }

  take(text) {
    /** @type {LiveEvent} */
    let event;
    try {
      event = JSON.parse(text);
    } catch {
      return;
    }
    if (typeof event.sequence !== 'number' || event.sequence <= this.sequence) return;
    this.sequence = event.sequence;
    if (this.waiting.length >= MOST_WAITING) {
      this.waiting.shift();
      this.overflowed = true;
    }
    this.waiting.push(event);
    if (!this.scheduled) {
      this.scheduled = true;
      // A hidden page draws no frames, but what it counts should still be right when it is seen again.
      if (document.hidden) setTimeout(() => this.handOn(), 1000);
      else requestAnimationFrame(() => this.handOn());
    }
  }

  handOn() {
    this.scheduled = false;
    const batch = this.waiting;
    this.waiting = [];
    for (const read of this.readers) read(batch);
    if (this.overflowed) {
      this.overflowed = false;
      this.tellGap();
    }
  }

  tellGap() {
    for (const reload of this.gapReaders) reload();
  }

  become(state) {
    this.state = state;
    for (const tell of this.watchers) tell();
  }
}

export const live = new Live();

addEventListener('online', () => live.retry());
sessionEvents.addEventListener('signed-out', () => live.stop());

/** Lets a component read the feed while it is shown. */
export class LiveReader {
  /**
   * @param {import('lit').ReactiveControllerHost} host
   * @param {(batch: LiveEvent[]) => void} read
   * @param {() => void} [reload] after events were missed for good
   */
  constructor(host, read, reload) {
    this.read = read;
    this.reload = reload;
    host.addController(this);
  }

  hostConnected() {
    this.ends = [live.subscribe(this.read), this.reload ? live.onGap(this.reload) : () => {}];
  }

  hostDisconnected() {
    this.ends?.forEach((end) => end());
  }
}
