// @ts-check
/** What automations have left to do: each is ticked off in its row, and can be opened again. */
import { Element, define, html, nothing } from '../core/element.js';
import { api, may, segment } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { ago, dateTime, until } from '../core/format.js';
import { badge, bones, empty, failed, foreign } from '../kit/basics.js';
import { toast, toastError } from '../kit/overlays.js';
import { Pages, pager } from '../kit/tables.js';

/**
 * Tasks of a state, of all deals or of one. A task that is ticked off stays in sight until the list is loaded anew, so that a
 * slip is taken back where it happened.
 */
class TaskList extends Element {
  static properties = { deal: {}, state: {}, assignee: {} };

  constructor() {
    super();
    /** Only of this deal. @type {string | undefined} */
    this.deal = undefined;
    /** @type {'open' | 'done' | undefined} */
    this.state = undefined;
    /** @type {string | undefined} */
    this.assignee = undefined;
    /** Ids of tasks on their way to another state. @type {Set<string>} */
    this.moving = new Set();
    this.tasks = new Pages(this, (cursor, signal) =>
      api.get('/tasks', { signal, params: { cursor, limit: this.deal ? 20 : 50, state: this.state, deal_id: this.deal, assignee: this.assignee } }),
    );
    new LiveReader(this, (batch) => this.take(batch), () => this.tasks.reload());
  }

  /** The first load is by being shown. @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (this.hasUpdated && ['deal', 'state', 'assignee'].some((name) => changed.has(name))) this.tasks.reload();
  }

  take(batch) {
    for (const { type, subject, data } of batch) {
      if (this.deal && subject !== this.deal) continue;
      if (type === 'automation.fired') this.tasks.reload();
      if (type === 'task.updated') this.replace(data);
    }
  }

  replace(task) {
    this.tasks.items = this.tasks.items.map((one) => (one.id === task.id ? { ...one, ...task } : one));
    this.requestUpdate();
  }

  render() {
    const { tasks } = this;
    if (!tasks.started) return tasks.error ? failed(tasks.error, () => tasks.reload()) : bones(this.deal ? 2 : 6);
    if (!tasks.items.length) {
      if (this.deal) return html`<p class="small soft padded">Nothing is to be done.</p>`;
      return this.state === 'done'
        ? empty({ icon: 'list-checks', title: 'Nothing was done yet' })
        : empty({ icon: 'circle-check', title: 'Nothing is to be done', text: 'Automations leave tasks here, such as a call when a deal turns high-risk.' });
    }
    return html`<ul class="entries">
        ${tasks.items.map((task) => this.row(task))}
      </ul>
      ${this.deal && !tasks.cursor ? nothing : pager(tasks, 'task')}`;
  }

  row(task) {
    const done = task.state === 'done';
    const late = !done && task.due_at && Date.parse(task.due_at) < Date.now();
    return html`<li class="entry task ${done ? 'done' : ''}" data-row>
      <input
        type="checkbox"
        aria-label="Done: ${task.title}"
        .checked=${done}
        ?disabled=${!may('ingest') || this.moving.has(task.id)}
        @change=${() => this.settle(task, done ? 'open' : 'done')}
      />
      <span class="grow">
        <span class="title wrap">${foreign(task.title, 160)}</span>
        <span class="sub wrap">${foreign(task.text, 300)}</span>
        <span class="tiny faint row wrapping">
          ${this.deal ? nothing : html`<a href="/deals/${task.deal_id}" data-key="Enter">${foreign(task.deal_name ?? 'The deal', 80)}</a>`}
          <span>${task.assignee ? foreign(task.assignee, 80) : 'nobody in particular'}</span>
          ${done ? html`<span title=${dateTime(task.done_at)}>done ${ago(task.done_at)} by ${foreign(task.done_by, 60)}</span>` : nothing}
        </span>
      </span>
      ${done || !task.due_at ? nothing : html`<span title=${dateTime(task.due_at)}>${badge(until(task.due_at), late ? 'bad' : '')}</span>`}
    </li>`;
  }

  async settle(task, state) {
    this.moving.add(task.id);
    this.requestUpdate();
    try {
      const { task: settled } = await api.patch(`/tasks/${segment(task.id)}`, { state });
      this.replace(settled);
      if (state === 'done') toast('Done', { tone: 'good', action: { label: 'Undo', run: () => this.settle(settled, 'open') } });
    } catch (error) {
      toastError(error);
    }
    this.moving.delete(task.id);
    this.requestUpdate();
  }
}

define('t-task-list', TaskList);
