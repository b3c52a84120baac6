// @ts-check
/** Where the day begins: what the pipeline is worth, what came in, and what needs a person. */
import { Element, Resource, define, html, nothing } from '../core/element.js';
import { api, may, session } from '../core/api.js';
import { LiveReader } from '../core/live.js';
import { navigate } from '../core/router.js';
import { STAGES, ago, count, money, percent, plural, risk as riskWord, shortMoney, source as sourceWord, stage as stageWord } from '../core/format.js';
import { badge, empty, foreign, head, icon, view } from '../kit/basics.js';
import { bar, ring, riskTone, spark } from '../kit/charts.js';
import { toast, toastError } from '../kit/overlays.js';
import './live-feed.js';

class CommandCenter extends Element {
  constructor() {
    super();
    this.metrics = new Resource(this, (signal) => api.get('/metrics', { signal }));
    this.sources = new Resource(this, (signal) => api.get('/sources', { signal, params: { limit: 50 } }));
    this.overview = new Resource(this, (signal) => api.get('/overview', { signal, params: { hours: 168, limit: 6 } }));
    const reload = () => {
      for (const resource of [this.metrics, this.sources, this.overview]) resource.reload();
    };
    new LiveReader(this, (batch) => this.take(batch), reload);
  }

  take(batch) {
    const types = new Set(batch.map((event) => event.type));
    const has = (...wanted) => wanted.some((type) => types.has(type));
    if (has('deal.created', 'deal.updated', 'deal.merged', 'metrics.updated', 'deal.scored')) {
      this.metrics.reloadSoon(1000);
      this.overview.reloadSoon(3000);
    }
    if (has('deal.created', 'deal.updated', 'record.rejected', 'source.state', 'import.progress')) {
      this.sources.reloadSoon(3000);
      this.overview.reloadSoon(3000);
    }
  }

  render() {
    const fresh = this.metrics.data && this.isEmpty(this.metrics.data);
    return html`${head('Command center', {
      sub: `${session.tenant_id} / ${session.workspace_id}`,
      actions: may('ingest') ? html`<a class="button primary" href="/add">${icon('plus')}Add deal</a>` : nothing,
    })}
    ${fresh ? this.firstSteps() : nothing}
    <div class="stack">
      ${view(this.metrics, (metrics) => this.tiles(metrics), { lines: 3 })}
      <div class="board">
        <div class="stack">
          ${this.ingestion()} ${this.needing()} ${this.stages()}
        </div>
        <div class="stack">
          <t-live-feed></t-live-feed>
          ${this.health()}
        </div>
      </div>
    </div>`;
  }

  isEmpty(metrics) {
    return STAGES.every((stage) => !metrics.stage_distribution[stage]?.count);
  }

  firstSteps() {
    return html`<section class="card first-steps">
      ${empty({
        icon: 'waves',
        title: 'No deals yet',
        text: 'Type one in, drop a CSV file, or connect a source: everything leads through the same funnel, so the same deal is never there twice.',
        actions: html`<a class="button primary" href="/add/csv">${icon('file-spreadsheet')}Import a CSV</a>
          <a class="button" href="/add/manual">${icon('pencil')}Type one in</a>
          <a class="button" href="/add/api">${icon('code')}Connect a system</a>
          <button class="button plain" @click=${() => loadSample()}>${icon('sparkles')}Look around with sample deals</button>`,
      })}
    </section>`;
  }

  tiles(metrics) {
    const { total, weighted, currency, unconverted = [] } = metrics.pipeline_value;
    const hours = this.overview.data?.hours ?? [];
    const course = (name) => hours.slice(hours.slice(0, -24).some((hour) => hour.accepted) ? 0 : -24).map((hour) => hour[name]).filter((value) => value !== null && value !== undefined).map(Number);
    const risk = this.overview.data?.value_at_risk;
    const today = this.overview.data?.today;
    return html`<div class="tiles">
      ${tile('/deals', 'Open pipeline', shortMoney(total, currency), [
        plural(metrics.total_active_deals, 'active deal'),
        unconverted.length ? `, ${plural(unconverted.reduce((sum, one) => sum + one.count, 0), 'deal')} without a rate left out` : '',
      ].join(''), spark(course('pipeline_value'), 'Open pipeline over the last week'))}
      ${tile('/deals', 'Weighted', shortMoney(weighted, currency), 'value × probability', spark(course('weighted_value'), 'Weighted pipeline over the last week'))}
      ${tile('/activity', 'Taken today', today ? count(today.accepted) : '–', today ? `${plural(today.rejected, 'record')} refused` : '', spark(course('accepted'), 'Records taken, by the hour'))}
      ${tile('/deals?risk_level=high', 'Value at risk', risk ? shortMoney(risk.value, risk.currency) : '–', risk ? `${plural(risk.count, 'active deal')} at high risk` : '', spark(course('value_at_risk'), 'Value at risk over the last week'))}
    </div>`;
  }

  ingestion() {
    if (!this.overview.data) return nothing;
    const week = this.overview.data.hours;
    const day = week.slice(0, -24).every((hour) => !hour.accepted && !hour.rejected);
    // A workspace that began today would show a week of nothing and one spike.
    const hours = day ? week.slice(-24) : week;
    const sum = (name) => hours.reduce((all, hour) => all + hour[name], 0);
    const [accepted, rejected] = [sum('accepted'), sum('rejected')];
    return html`<section class="card" aria-labelledby="ingestion">
      <header>
        <h2 id="ingestion">Ingestion, last ${day ? '24 hours' : '7 days'}</h2>
        <ul class="legend">
          <li><i></i>${count(accepted)} taken</li>
          <li><i class="bad-line"></i>${count(rejected)} refused</li>
        </ul>
      </header>
      <div class="body">
        ${accepted + rejected
          ? html`<t-series
              .times=${hours.map((hour) => Date.parse(hour.at) / 1000)}
              .series=${[
                { label: 'Taken', tone: 'accent', values: hours.map((hour) => hour.accepted) },
                { label: 'Refused', tone: 'bad', values: hours.map((hour) => hour.rejected) },
              ]}
              .label=${`${count(accepted)} records taken and ${count(rejected)} refused in the last ${day ? '24 hours' : 'seven days'}`}
            ></t-series>`
          : html`<p class="soft small">Nothing came in during the last seven days.</p>`}
      </div>
    </section>`;
  }

  stages() {
    return html`<section class="card" aria-labelledby="stages">
      <header>
        <h2 id="stages">Pipeline by stage</h2>
        ${this.metrics.data?.win_rate !== null && this.metrics.data
          ? html`<a class="small" href="/forecast">${percent(this.metrics.data.win_rate)} won</a>`
          : nothing}
      </header>
      <div class="body">
        ${view(this.metrics, (metrics) => {
          const most = Math.max(1, ...STAGES.map((stage) => Number(metrics.stage_distribution[stage]?.value ?? 0)));
          return html`<div class="stages">
            ${STAGES.map((stage) => {
              const { count: deals = 0, value = 0 } = metrics.stage_distribution[stage] ?? {};
              const tone = stage === 'closed_won' ? 'good' : stage === 'closed_lost' ? 'quiet' : '';
              return html`<a href="/deals?stage=${stage}">
                <span>${stageWord(stage)}</span>${bar(Number(value) / most, tone)}
                <span class="number soft">${count(deals)}</span>
                <span class="number">${shortMoney(value, metrics.pipeline_value.currency)}</span>
              </a>`;
            })}
          </div>`;
        })}
      </div>
    </section>`;
  }

  needing() {
    return html`<section class="card" aria-labelledby="needing">
      <header>
        <h2 id="needing">Deals that need you</h2>
        <a class="small" href="/deals?risk_level=high">All at high risk</a>
      </header>
      ${view(this.overview, ({ attention }) =>
        attention.length
          ? html`<ul class="entries">
              ${attention.map(
                (item) => html`<li>
                  <a class="entry" data-row href="/deals/${item.deal.id}">
                    <span class=${riskTone(item.deal.risk_level)}>${ring(item.deal.health_score, riskTone(item.deal.risk_level), 38)}</span>
                    <span class="grow">
                      <span class="title clip row">${foreign(item.deal.name, 90)}</span>
                      <span class="sub clip">${riskWord(item.deal.risk_level)} · ${item.reason}</span>
                    </span>
                    <span class="number small">${money(item.deal.value, item.deal.currency)}</span>
                  </a>
                </li>`,
              )}
            </ul>`
          : empty({ icon: 'circle-check', title: 'Nothing needs you', text: 'No active deal is at risk by its health score.' }),
      )}
    </section>`;
  }

  health() {
    return html`<section class="card" aria-labelledby="health">
      <header>
        <h2 id="health">Sources</h2>
      </header>
      ${view(this.sources, (sources) =>
        sources.items.length
          ? html`<ul class="entries">
              ${sources.items.map(
                (one) => html`<li class="entry">
                  <i class="dot ${one.state === 'ok' ? 'good' : one.state === 'failing' ? 'bad' : 'warn'}"></i>
                  <span class="grow">
                    <span class="title">${sourceWord(one.source)}</span>
                    <span class="sub row">${one.state === 'ok' ? 'Working' : one.state === 'failing' ? 'Failing' : one.state} · last taken ${ago(one.last_success)}</span>
                  </span>
                  <span class="small number soft">${count(one.accepted)} taken</span>
                  ${one.rejected ? badge(`${count(one.rejected)} refused`, 'warn') : nothing}
                </li>`,
              )}
            </ul>`
          : empty({ icon: 'plug', title: 'No source has sent anything yet' }),
      )}
    </section>`;
  }
}

/** Sixteen deals marked as samples, two of them with faults; undoing the import takes them away again. */
async function loadSample() {
  try {
    const file = await (await fetch(new URL('../samples/tributary-sample.csv', import.meta.url))).blob();
    const form = new FormData();
    form.set('remember', 'false');
    form.set('file', file, 'tributary-sample.csv');
    const { import_id: id } = await api.upload('/csv/upload', form);
    navigate(`/imports/${id}`);
    toast('These are samples. “Undo import” takes them away again.');
  } catch (error) {
    toastError(error);
  }
}

function tile(href, what, big, why, line) {
  return html`<a class="card tile" href=${href}>
    <span class="what">${what}</span>
    <span class="big">${big}</span>
    <span class="why">${why}</span>
    ${line}
  </a>`;
}

define('t-command-center', CommandCenter);
