// @ts-check
/** What is likely to come in and when, what was won and lost and why, and how long deals stay in each stage. */
import { Element, Resource, define, html, nothing } from '../core/element.js';
import { api } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { count, money, percent, plural, shortMoney, source as sourceWord, stage as stageWord } from '../core/format.js';
import { empty, foreign, head, view } from '../kit/basics.js';
import { bar } from '../kit/charts.js';

const months = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric', timeZone: 'UTC' });

const monthWord = (month) => months.format(new Date(`${month}-01T00:00:00Z`));

class Forecast extends Element {
  constructor() {
    super();
    this.forecast = new Resource(this, (signal) => api.get('/metrics/forecast', { signal }));
    this.outcomes = new Resource(this, (signal) => api.get('/metrics/win-loss', { signal }));
    this.velocity = new Resource(this, (signal) => api.get('/metrics/velocity', { signal }));
    const all = [this.forecast, this.outcomes, this.velocity];
    new LiveReader(
      this,
      (batch) => batch.some((event) => event.type.startsWith('deal.')) && all.forEach((one) => one.reloadSoon(3000)),
      () => all.forEach((one) => one.reload()),
    );
  }

  render() {
    return html`${head('Forecast', { sub: 'What is likely to come in, what was won and lost, and how long it takes.' })}
      <div class="stack">
        ${view(this.forecast, (forecast) => this.months(forecast), { lines: 6 })}
        <div class="board">
          <div class="stack">${view(this.velocity, (velocity) => this.stages(velocity), { lines: 6 })} ${view(this.outcomes, (outcomes) => this.sources(outcomes), { lines: 4 })}</div>
          <div class="stack">${view(this.outcomes, (outcomes) => this.closed(outcomes), { lines: 4 })} ${view(this.outcomes, (outcomes) => this.reasons(outcomes), { lines: 4 })}</div>
        </div>
      </div>`;
  }

  months({ currency, months: known, unscheduled }) {
    const most = Math.max(1, ...[...known, unscheduled].map((one) => Number(one.best_case) + Number(one.won_value ?? 0)));
    const row = (title, one) => html`<tr>
      <th scope="row">${title}</th>
      <td class="numeric">${count(one.deals)}</td>
      <td class="numeric">${shortMoney(one.worst_case, currency)}</td>
      <td class="numeric"><strong>${shortMoney(one.weighted, currency)}</strong></td>
      <td class="numeric">${shortMoney(one.best_case, currency)}</td>
      <td class="numeric roomy">${one.won ? html`<span class="good">${shortMoney(one.won_value, currency)}</span>` : '–'}</td>
      <td class="roomy share">${bar(Number(one.weighted) / most)}</td>
    </tr>`;
    return html`<section class="card" aria-labelledby="months">
      <header>
        <h2 id="months">By month of expected close</h2>
        <span class="tiny faint">in ${currency}</span>
      </header>
      <div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col" class="numeric">Deals</th>
              <th scope="col" class="numeric" title="Deals at 70 % or more">Sure</th>
              <th scope="col" class="numeric" title="Value × probability">Weighted</th>
              <th scope="col" class="numeric" title="All active deals">At best</th>
              <th scope="col" class="numeric roomy">Won</th>
              <th scope="col" class="roomy"><span class="hidden-text">Weighted, as a bar</span></th>
            </tr>
          </thead>
          <tbody>
            ${known.map((one) => row(monthWord(one.month), one))} ${unscheduled.deals ? row('No date', unscheduled) : nothing}
          </tbody>
        </table>
      </div>
      <footer class="small soft">Sure: deals at 70 % or more. Weighted: value × probability. At best: every active deal.</footer>
    </section>`;
  }

  stages({ currency, velocity, stages }) {
    return html`<section class="card" aria-labelledby="velocity">
      <header><h2 id="velocity">How deals move</h2></header>
      <div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Stage</th>
              <th scope="col" class="numeric">Left it</th>
              <th scope="col" class="numeric">Usual stay</th>
              <th scope="col" class="numeric">Went on</th>
              <th scope="col" class="roomy">Where to</th>
            </tr>
          </thead>
          <tbody>
            ${stages.map(
              (one) => html`<tr>
                <th scope="row"><a href="/deals?stage=${one.stage}">${stageWord(one.stage)}</a></th>
                <td class="numeric">${count(one.left)}</td>
                <td class="numeric">${one.median_days === null ? '–' : days(one.median_days)}</td>
                <td class="numeric">${one.conversion_rate === null ? '–' : percent(one.conversion_rate)}</td>
                <td class="small soft roomy wrap">${
                  Object.entries(one.next ?? {})
                    .sort((a, b) => Number(b[1]) - Number(a[1]))
                    .map(([stage, deals]) => `${stageWord(stage)} ${count(deals)}`)
                    .join(', ') || '–'
                }</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${velocity.won
        ? html`<footer class="small soft">
            ${plural(velocity.won, 'deal')} won, ${shortMoney(velocity.average_won_value, currency)} on average after ${days(velocity.average_days_to_win)}${velocity.value_per_day === null ? '' : `: the pipeline earns ${shortMoney(velocity.value_per_day, currency)} a day`}.
          </footer>`
        : nothing}
    </section>`;
  }

  closed({ currency, won, lost, win_rate: rate, won_value: wonValue, lost_value: lostValue }) {
    return html`<section class="card" aria-labelledby="closed">
      <header><h2 id="closed">Won and lost</h2></header>
      ${won + lost
        ? html`<div class="body stack">
            <p class="big number">${percent(rate)} <span class="small soft">won of ${plural(won + lost, 'closed deal')}</span></p>
            ${bar(rate / 100, 'good')}
            <dl class="facts">
              <dt><a href="/deals?stage=closed_won">Won</a></dt>
              <dd class="number">${count(won)} · ${money(wonValue, currency)}</dd>
              <dt><a href="/deals?stage=closed_lost">Lost</a></dt>
              <dd class="number">${count(lost)} · ${money(lostValue, currency)}</dd>
            </dl>
          </div>`
        : empty({ icon: 'circle-check', title: 'No deal was closed yet' })}
    </section>`;
  }

  sources({ currency, sources }) {
    if (!sources.length) return nothing;
    return html`<section class="card" aria-labelledby="by-source">
      <header><h2 id="by-source">By source</h2></header>
      <div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col" class="numeric">Won</th>
              <th scope="col" class="numeric">Lost</th>
              <th scope="col" class="numeric">Win rate</th>
              <th scope="col" class="numeric roomy">Won value</th>
            </tr>
          </thead>
          <tbody>
            ${sources.map(
              (one) => html`<tr>
                <th scope="row"><a href="/deals?source=${encodeURIComponent(one.source)}">${sourceWord(one.source)}</a></th>
                <td class="numeric">${count(one.won)}</td>
                <td class="numeric">${count(one.lost)}</td>
                <td class="numeric">${percent(one.win_rate)}</td>
                <td class="numeric roomy">${shortMoney(one.won_value, currency)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  reasons({ currency, lost, lost_reasons: reasons }) {
    if (!lost) return nothing;
    return html`<section class="card" aria-labelledby="reasons">
      <header><h2 id="reasons">Why deals were lost</h2></header>
      <ul class="entries">
        ${reasons.map(
          (one) => html`<li class="entry">
            <span class="grow stack tight">
              <span class="title wrap">${one.reason === null ? html`<span class="soft">No reason was given</span>` : foreign(one.reason, 120)}</span>
              ${bar(one.count / lost, one.reason === null ? 'quiet' : 'bad')}
            </span>
            <span class="number small">${count(one.count)}</span>
            <span class="number small soft">${shortMoney(one.value, currency)}</span>
          </li>`,
        )}
      </ul>
    </section>`;
  }
}

/** A stay in days, which may be less than one. */
const days = (value) => (Number(value) < 1 ? 'less than a day' : plural(Math.round(Number(value) * 10) / 10, 'day'));

define('t-forecast', Forecast);
