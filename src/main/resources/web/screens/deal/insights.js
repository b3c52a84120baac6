// @ts-check
/** What is made of a deal's facts: its risk or chance, what to do next, and how it stands in the market. */
import { html, nothing } from '../../core/element.js';
import { may } from '../../core/api.js';
import { field as fieldWord } from '../../core/format.js';
import { badge, foreign, icon } from '../../kit/basics.js';

/**
 * @param {{status: string, items: any[]}} insights
 * @param {{asking?: boolean, analyse: () => void}} ask whether a fresh analysis was asked for, and how one is
 */
export function insightsCard({ status, items }, { asking = false, analyse }) {
  return html`<section class="card" aria-labelledby="insights">
    <header>
      <h2 id="insights">Insights</h2>
      ${may('ingest')
        ? html`<button class="button plain small" ?disabled=${asking} @click=${analyse}>
            ${icon('refresh-cw')}${asking ? 'Asked' : 'Analyse again'}
          </button>`
        : nothing}
    </header>
    ${items.length
      ? html`<ul class="entries">
          ${items.map(
            (one) => html`<li class="entry insight">
              ${badge({ risk: 'Risk', opportunity: 'Opportunity', action: 'Next step', market: 'Market' }[one.kind] ?? one.kind, { risk: 'bad', opportunity: 'good', action: 'accent' }[one.kind] ?? '')}
              <span class="grow stack tight">
                <span class="title wrap">${foreign(one.title)}</span>
                <span class="small soft wrap">${foreign(one.text, 1200)}</span>
                <span class="tiny faint wrap">From ${one.evidence.map((name) => fieldWord(name)).join(', ') || 'no field'} · ${one.engine === 'rules' ? 'rule-based analyst' : (one.model ?? one.engine)}</span>
              </span>
            </li>`,
          )}
        </ul>`
      : html`<div class="body">
          <p class="soft small">${status === 'pending' ? 'The analysis is on its way; it appears here by itself.' : 'Nothing stands out.'}</p>
        </div>`}
  </section>`;
}
