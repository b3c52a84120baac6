// @ts-check
/** What is known of a deal: its facts with where each is from, its place among the others, and what its sources said besides. */
import { html, nothing } from '../../core/element.js';
import { ago, count, dateTime, day, field as fieldWord, money, percent, plural, source as sourceWord, stage as stageWord } from '../../core/format.js';
import { badge, foreign, sourceBadge } from '../../kit/basics.js';
import { bar } from '../../kit/charts.js';
import { plain } from '../../kit/tables.js';
import { NOTED, noted } from './edit.js';

const FACTS = ['name', 'company', 'value', 'stage', 'probability', 'expected_close_date', 'contact_name', 'contact_email', 'description', 'owner', 'external_id'];

export function factsCard(deal, lineage) {
  const shown = {
    value: html`<span class="number">${money(deal.value, deal.currency)}</span> ${deal.value_estimated ? badge('estimated', 'warn') : nothing}`,
    stage: html`${stageWord(deal.stage)} <span class="faint small">since ${day(deal.stage_entered_at)}</span>`,
    probability: html`<span class="number">${percent(deal.probability)}</span>`,
    expected_close_date: deal.expected_close_date ? day(deal.expected_close_date) : '–',
  };
  return html`<section class="card" aria-labelledby="facts">
    <header><h2 id="facts">Facts</h2></header>
    <div class="table-frame">
      <table class="table facts-table">
        <thead class="hidden-text">
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Value</th>
            <th scope="col">Where from</th>
          </tr>
        </thead>
        <tbody>
          ${[...FACTS, ...NOTED.filter((name) => noted(deal, name))].map((name) => {
            const from = lineage?.[name];
            return html`<tr>
              <th scope="row">${fieldWord(name)}</th>
              <td class="wrap">${shown[name] ?? foreign(NOTED.includes(name) ? noted(deal, name) : deal[name], 2000)}</td>
              <td class="origin tiny faint">
                ${from
                  ? html`<span title=${`${from.actor} · ${dateTime(from.at)}`}
                      >${from.assumed ? 'assumed, ' : ''}${sourceWord(from.source)}${from.row ? ` row ${from.row}` : ''}</span
                    >`
                  : nothing}
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </section>`;
}

export function standingCard(deal, metrics) {
  return html`<section class="card" aria-labelledby="standing">
    <header><h2 id="standing">Standing</h2></header>
    <div class="body">
      ${metrics.value_rank === null
        ? html`<p class="soft small">Closed deals are not ranked.</p>`
        : html`<div class="stack tight">
            <p class="small">
              Number <strong class="number">${count(metrics.value_rank)}</strong> by value of ${plural(metrics.total_active_deals, 'active deal')}
            </p>
            ${bar(metrics.percentile / 100)}
            <p class="tiny faint number">${metrics.percentile} % percentile · opened ${day(deal.created_at)} · last engagement ${ago(deal.last_engagement_at)}</p>
          </div>`}
    </div>
  </section>`;
}

export function sourcesCard(sources) {
  return html`<section class="card" aria-labelledby="sources">
    <header><h2 id="sources">Known to</h2></header>
    <ul class="entries">
      ${sources.map(
        (one) => html`<li class="entry">
          <span class="grow">${sourceBadge(one.source)}</span>
          <span class="tiny faint wrap">${one.external_ids.length ? foreign(one.external_ids.join(', ')) : 'no id of its own'}</span>
        </li>`,
      )}
    </ul>
  </section>`;
}

export function metadataCard(metadata) {
  const entries = Object.entries(metadata ?? {});
  if (!entries.length) return nothing;
  return html`<details class="card">
    <summary><h2>More from the source</h2><span class="tiny faint">${plural(entries.length, 'field')}</span></summary>
    <div class="body">
      <dl class="facts">${entries.slice(0, 200).map(([name, value]) => html`<dt class="wrap">${foreign(name, 80)}</dt><dd class="small">${foreign(plain(value), 600)}</dd>`)}</dl>
    </div>
  </details>`;
}
