// @ts-check
/** The fields of a deal that people change, and the form for them. */
import { html, nothing } from '../../core/element.js';
import { STAGES, stage as stageWord } from '../../core/format.js';
import { field } from '../../kit/form.js';

export const EDITED = ['name', 'company', 'value', 'currency', 'stage', 'probability', 'expected_close_date', 'contact_name', 'contact_email', 'description', 'owner'];

/** Kept with the deal in the words of its source, and asked for here because the score or a report rests on it. */
export const NOTED = ['next_step', 'lost_reason'];

export const noted = (deal, name) => String(deal.source_metadata?.[name] ?? '');

const LOST_REASONS = ['Price', 'Went with another', 'No budget', 'No decision', 'Bad timing'];

/** Which field of the form a factor of the score is mended in. */
export const FIELD_OF = { next_step: 'next_step', close_date: 'expected_close_date', pushes: 'expected_close_date', likelihood: 'probability', exposure: 'probability', value: 'probability', velocity: 'stage' };

/** What the form begins with. */
export const valuesOf = (deal) => ({
  ...Object.fromEntries(EDITED.map((name) => [name, deal[name] ?? ''])),
  ...Object.fromEntries(NOTED.map((name) => [name, noted(deal, name)])),
});

/** What the form says otherwise than the deal does; what was emptied is null. */
export function changesTo(deal, values) {
  const before = valuesOf(deal);
  return Object.fromEntries(
    Object.keys(before)
      .filter((name) => String(values[name] ?? '') !== String(before[name]))
      .map((name) => [name, values[name] === '' ? null : values[name]]),
  );
}

/** @param {import('../../kit/form.js').Form} form */
export function editForm(form) {
  return html`<form class="form" @submit=${(event) => event.preventDefault()}>
    ${field(form, { name: 'name', label: 'Name', needed: true, whole: true })}
    ${field(form, { name: 'company', label: 'Company', whole: true })}
    ${field(form, { name: 'value', label: 'Value', inputmode: 'decimal' })} ${field(form, { name: 'currency', label: 'Currency' })}
    ${field(form, { name: 'stage', label: 'Stage', options: STAGES.map((code) => [code, stageWord(code)]) })}
    ${field(form, { name: 'probability', label: 'Probability, %', inputmode: 'decimal' })}
    ${field(form, { name: 'expected_close_date', label: 'Expected close', type: 'date' })}
    ${field(form, { name: 'owner', label: 'Owner', hint: 'Who looks after it; tasks go to them.' })}
    ${field(form, { name: 'contact_name', label: 'Contact name' })}
    ${field(form, { name: 'contact_email', label: 'Contact e-mail', type: 'email', whole: true })}
    ${field(form, { name: 'next_step', label: 'Next step', whole: true, placeholder: 'Send the offer' })}
    ${form.values.stage === 'closed_lost' ? field(form, { name: 'lost_reason', label: 'Why it was lost', whole: true, suggestions: LOST_REASONS }) : nothing}
    ${field(form, { name: 'description', label: 'Description', type: 'textarea', rows: 5, whole: true })}
  </form>`;
}
