// @ts-check
/** What people say of a deal, with those they mention. */
import { Element, define, html, nothing } from '../../core/element.js';
import { api, may, newOnce, segment } from '../../core/api.js';
import { LiveReader } from '../../core/live.js';
import { ago, dateTime } from '../../core/format.js';
import { bones, empty, failed, foreign } from '../../kit/basics.js';
import { Form, field } from '../../kit/form.js';
import { toastError } from '../../kit/overlays.js';
import { Pages, pager } from '../../kit/tables.js';

const LONGEST = 10_000;

class Comments extends Element {
  static properties = { deal: {} };

  constructor() {
    super();
    this.deal = '';
    this.once = newOnce();
    this.comments = new Pages(this, (cursor, signal) => api.get(`/${segment(this.deal)}/comments`, { signal, params: { cursor, limit: 30 } }));
    this.form = new Form(this, { comment: '' }, { comment: (text) => (!text.trim() ? 'is required' : text.length > LONGEST ? 'is longer than 10,000 characters' : undefined) });
    new LiveReader(
      this,
      (batch) => batch.some((event) => event.type === 'deal.commented' && event.subject === this.deal) && this.comments.reload(),
      () => this.comments.reload(),
    );
  }

  render() {
    const { comments } = this;
    if (!comments.started) return comments.error ? failed(comments.error, () => comments.reload()) : bones(4);
    return html`${may('ingest') ? this.writing() : nothing}
    ${comments.items.length
      ? html`<ol class="entries">
            ${comments.items.map(
              (one) => html`<li class="said">
                <div class="row between">
                  <strong class="small clip">${foreign(one.author, 80)}</strong>
                  <time class="tiny faint" datetime=${one.created_at} title=${dateTime(one.created_at)}>${ago(one.created_at)}</time>
                </div>
                <p class="small wrap lines"><bdi>${marked(one.text, one.mentions)}</bdi></p>
              </li>`,
            )}
          </ol>
          ${pager(comments, 'comment')}`
      : empty({ icon: 'message-square', title: 'Nobody has said anything yet' })}`;
  }

  writing() {
    return html`<form class="saying" novalidate @submit=${(event) => this.say(event)}>
      ${field(this.form, { name: 'comment', label: 'Comment', type: 'textarea', rows: 2, placeholder: '@ann they ask for a pilot first', hint: '@ and a name mentions somebody.' })}
      <button class="button" ?disabled=${this.form.busy} aria-busy=${this.form.busy}>Comment</button>
    </form>`;
  }

  async say(event) {
    event.preventDefault();
    const text = this.form.values.comment;
    try {
      const said = await this.form.submit(() => api.post(`/${segment(this.deal)}/comments`, { text }, { once: this.once }), event.target);
      if (!said) return;
      this.once = newOnce();
      this.form.reset();
      this.comments.reload();
    } catch (error) {
      toastError(error);
    }
  }
}

/** The text with its mentions set off; a name that holds another one goes first. */
function marked(text, mentions) {
  if (!mentions.length) return text;
  const names = [...mentions].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const known = new RegExp(`(@(?:${names.join('|')}))`, 'giu');
  return String(text)
    .split(known)
    .map((part, i) => (i % 2 ? html`<span class="mention">${part}</span>` : part));
}

define('t-deal-comments', Comments);
