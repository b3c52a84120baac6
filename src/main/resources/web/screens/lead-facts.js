// @ts-check
/** What is known of a lead, where a deal and the list of leads both show it. */
import { api, segment } from '../core/api.js';
import { html, nothing } from '../core/element.js';
import { count, field as fieldWord } from '../core/format.js';
import { badge, foreign } from '../kit/basics.js';
import { bar } from '../kit/charts.js';

export const STATUSES = ['new', 'contacted', 'qualified', 'converted', 'disqualified', 'spam'];

const TONES = { qualified: 'good', converted: 'good', spam: 'warn' };

export const statusBadge = (status) => badge(fieldWord(status), TONES[status] ?? '');

export const fullName = (lead) => [lead.first_name, lead.last_name].filter(Boolean).join(' ');

/** Sets where a lead stands with us. */
export const setStatus = (lead, status) => api.patch(`/leads/${segment(lead.id)}`, { status });

export function leadFacts(lead) {
  const size = lead.facts?.company_size;
  return html`<dl class="facts">
    <dt>Name</dt>
    <dd>${foreign(fullName(lead))}</dd>
    <dt>E-mail</dt>
    <dd class="wrap">${foreign(lead.email)}</dd>
    <dt>Company</dt>
    <dd>${foreign(lead.company)}</dd>
    ${lead.phone ? html`<dt>Phone</dt><dd>${foreign(lead.phone)}</dd>` : nothing}
    ${lead.facts?.domain ? html`<dt>Domain</dt><dd class="wrap">${foreign(lead.facts.domain)} ${lead.facts.free_mail ? html`<span class="faint small">a free mail service</span>` : nothing}</dd>` : nothing}
    ${size ? html`<dt>Company size</dt><dd class="number">${people(size)}</dd>` : nothing}
    ${lead.is_spam ? html`<dt>Looks like spam</dt><dd class="wrap">${foreign(lead.spam_reasons?.join(', '), 400)}</dd>` : nothing}
  </dl>`;
}

function people({ least, most }) {
  if (least === null || least === undefined) return `up to ${count(most)} people`;
  return most === null || most === undefined ? `${count(least)} people or more` : `${count(least)} to ${count(most)} people`;
}

/** The score of a lead with the reasons it is made of; nothing before it was judged. */
export function leadScore(lead) {
  if (lead.ai_score === null || lead.ai_score === undefined) return nothing;
  return html`<div class="stack tight">
    <div class="row between"><h3>Lead score</h3><span class="number small"><strong>${lead.ai_score}</strong> of 100</span></div>
    ${bar(lead.ai_score / 100, lead.ai_score >= 70 ? 'good' : lead.ai_score < 40 ? 'quiet' : '')}
    ${lead.ai_qualification_summary ? html`<p class="small soft wrap">${foreign(lead.ai_qualification_summary, 800)}</p>` : nothing}
    ${lead.ai_score_reasons?.length
      ? html`<ul class="raises">
          ${lead.ai_score_reasons.map(
            (one) => html`<li class="row small">
              <span class="badge number ${one.points < 0 ? 'bad' : 'good'}">${one.points < 0 ? '−' : '+'}${Math.abs(one.points)}</span
              ><span class="wrap">${foreign(one.reason, 200)} <span class="tiny faint">${one.evidence?.map((name) => fieldWord(name)).join(', ')}</span></span>
            </li>`,
          )}
        </ul>`
      : nothing}
  </div>`;
}
