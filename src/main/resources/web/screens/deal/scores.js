// @ts-check
/** How the health score of a deal went, and what moved it each time. */
import { Element, define, html, nothing } from '../../core/element.js';
import { api, segment } from '../../core/api.js';
import { LiveReader } from '../../core/live.js';
import { ago, dateTime, field as fieldWord, risk, source as sourceWord } from '../../core/format.js';
import { bones, empty, failed, foreign } from '../../kit/basics.js';
import { ring, riskTone } from '../../kit/charts.js';
import { Pages, pager } from '../../kit/tables.js';

/** Why a deal changed, in words. */
export const CAUSES = {
  ingest: 'Brought by a source',
  edit: 'Edited',
  engagement: 'Engagement logged',
  merge: 'Merged',
  unmerge: 'Taken apart',
  rollback: 'Import undone',
  rescore: 'Scored anew',
  time: 'Time passed',
};

/** What follows from a change of another field, and is no news of its own. */
const FOLLOWS = ['stage_entered_at', 'close_date_pushes', 'last_engagement_at'];

class Scores extends Element {
  static properties = { deal: {}, now: { attribute: false } };

  constructor() {
    super();
    this.deal = '';
    /** The deal as it is now. @type {{health_score: number, risk_level: string, created_at: string} | undefined} */
    this.now = undefined;
    this.scores = new Pages(this, (cursor, signal) => api.get(`/${segment(this.deal)}/scores`, { signal, params: { cursor, limit: 50 } }));
    new LiveReader(
      this,
      (batch) => {
        if (!batch.some((event) => event.type === 'deal.scored' && event.subject === this.deal)) return;
        // The history follows the feed within a moment.
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.scores.reload(), 800);
      },
      () => this.scores.reload(),
    );
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  render() {
    const { scores } = this;
    if (!scores.started) return scores.error ? failed(scores.error, () => scores.reload()) : bones(4);
    if (!scores.items.length) {
      return empty({ icon: 'activity', title: 'The score has not moved', text: `It is ${this.now?.health_score ?? '–'} since the deal came.` });
    }
    return html`${this.course()}
      <ol class="entries">
        ${scores.items.map((one) => this.entry(one))}
      </ol>
      ${pager(scores, 'change')}`;
  }

  course() {
    const changes = [...this.scores.items].reverse();
    const first = changes[0];
    const begun = this.scores.cursor || !this.now ? first.at : this.now.created_at;
    const times = [begun, ...changes.map((one) => one.at), new Date().toISOString()].map((at) => Date.parse(at) / 1000);
    const values = [first.previous_score, ...changes.map((one) => one.score), changes[changes.length - 1].score];
    return html`<div class="padded">
      <t-series
        .times=${times}
        .series=${[{ label: 'Health', tone: 'accent', values, stepped: true }]}
        .height=${140}
        .most=${100}
        .label=${`The score went from ${values[0]} to ${values[values.length - 1]} in ${changes.length} steps`}
      ></t-series>
    </div>`;
  }

  entry(one) {
    const difference = one.score - one.previous_score;
    const fields = one.fields.filter((name) => !FOLLOWS.includes(name)).map((name) => fieldWord(name));
    return html`<li class="entry">
      <span class=${riskTone(one.risk_level)}>${ring(one.score, riskTone(one.risk_level), 34)}</span>
      <span class="grow">
        <span class="title row wrapping">${CAUSES[one.cause] ?? fieldWord(one.cause)}${fields.length ? html`<span class="soft">${fields.slice(0, 6).join(', ')}</span>` : nothing}</span>
        <span class="sub wrap"
          >${risk(one.risk_level)}${one.actor ? html` · ${sourceWord(one.source)}${one.row && one.import_id ? `, row ${one.row}` : ''} · ${foreign(one.actor, 60)}` : nothing}
          ${one.import_id ? html`<a href="/imports/${one.import_id}">import</a>` : nothing}</span
        >
      </span>
      <span class="badge number ${difference < 0 ? 'bad' : 'good'}">${difference < 0 ? '−' : '+'}${Math.abs(difference)}</span>
      <time class="tiny faint" datetime=${one.at} title=${dateTime(one.at)}>${ago(one.at)}</time>
    </li>`;
  }
}

define('t-deal-scores', Scores);
