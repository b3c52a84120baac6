// @ts-check
/** The health of a deal: points that add up to the score, what they rest on, and what would raise it. */
import { html, nothing } from '../../core/element.js';
import { field as fieldWord, percent, risk } from '../../core/format.js';
import { foreign, icon } from '../../kit/basics.js';
import { ring, riskTone } from '../../kit/charts.js';

/** What takes the points of a factor back, for rules that give no advice of their own. */
const RAISES = {
  engagement: 'Log a call, a meeting or a mail with the contact.',
  velocity: 'Move it to the next stage, or close it.',
  value: 'Confirm the amount, or raise the probability when there is reason to.',
};

/** Points to a tenth, without a tenth that is none. */
const points = (value) => String(Math.round(Math.abs(Number(value)) * 10) / 10);

/** @param {any} health @param {{act?: (factor: string) => void}} options `act` leads to where a factor can be raised; without it nothing is offered */
export function healthCard(health, { act } = {}) {
  return html`<section class="card" aria-labelledby="health">
    <header>
      <h2 id="health">Health</h2>
      <span class="tiny faint">rule ${health.profile}</span>
    </header>
    <div class="body stack">
      <div class="row ${riskTone(health.risk_level)}">
        ${ring(health.score, riskTone(health.risk_level), 56)}
        <span class="stack tight"><strong>${risk(health.risk_level)}</strong><span class="small soft number">${health.score} of 100</span></span>
      </div>
      <table class="table sum">
        <tbody>
          <tr>
            <th scope="row">Base</th>
            <td class="numeric">${health.base}</td>
          </tr>
          ${health.contributions.map(
            (one) => html`<tr>
              <th scope="row">
                <span class="wrap"
                  >${fieldWord(one.factor)}<span class="tiny faint reason">${foreign(one.reason)}</span>
                  ${one.evidence?.length ? html`<span class="tiny faint reason">From ${one.evidence.map((name) => fieldWord(name)).join(', ')}</span>` : nothing}</span
                >
              </th>
              <td class="numeric ${one.points < 0 ? 'bad' : 'good'}">${one.points < 0 ? '−' : '+'}${points(one.points)}</td>
            </tr>`,
          )}
          <tr class="total">
            <th scope="row">Score</th>
            <td class="numeric">${health.score}</td>
          </tr>
        </tbody>
      </table>
      ${confidence(health)} ${act ? raises(health, act) : nothing}
    </div>
  </section>`;
}

/** How much is known of what the rule asks for; what is not known costs no points. */
function confidence({ confidence: share, unknown = [] }) {
  if (share === null || share === undefined || share >= 1) return nothing;
  return html`<p class="small soft wrap">
    Rests on <span class="number">${percent(share * 100)}</span> of what the rule asks for${unknown.length ? `; not known: ${unknown.map((name) => fieldWord(name).toLowerCase()).join(', ')}` : ''}.
  </p>`;
}

function raises({ improvements, contributions }, act) {
  const known = improvements?.length
    ? improvements
    : contributions.filter((one) => one.points < 0).map((one) => ({ factor: one.factor, points: -one.points, advice: RAISES[one.factor] ?? one.reason }));
  if (!known.length) return nothing;
  return html`<div class="stack tight">
    <h3>What would raise it</h3>
    <ul class="raises">
      ${known.map(
        (one) => html`<li>
          <button class="raise row small" @click=${() => act(one.factor)}>
            <span class="badge good number">+${points(one.points)}</span><span class="grow wrap">${one.advice}</span>${icon('chevron-right')}
          </button>
        </li>`,
      )}
    </ul>
  </div>`;
}
