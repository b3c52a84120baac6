// @ts-check
/** Numbers, money and times as a person reads them, in the browser's own language habits. */

const numbers = new Intl.NumberFormat();
const formats = new Map();

function formatter(key, make) {
  if (!formats.has(key)) formats.set(key, make());
  return formats.get(key);
}

export function count(value) {
  return value === null || value === undefined ? '–' : numbers.format(Number(value));
}

/** "1 row", "12 rows". */
export function plural(value, one, many = `${one}s`) {
  return `${count(value)} ${Number(value) === 1 ? one : many}`;
}

/** An amount in full: "USD 48,000.50" in the manner of the place. */
export function money(value, currency = 'USD') {
  if (value === null || value === undefined) return '–';
  const whole = Number(value) % 1 === 0;
  try {
    return formatter(`m${currency}${whole}`, () =>
      new Intl.NumberFormat(undefined, {
        style: 'currency',
        currency,
        minimumFractionDigits: whole ? 0 : 2,
        maximumFractionDigits: 2,
      }),
    ).format(Number(value));
  } catch {
    return `${currency} ${count(value)}`;
  }
}

/** An amount short enough for a tile: "$4.2M". */
export function shortMoney(value, currency = 'USD') {
  if (value === null || value === undefined) return '–';
  if (Math.abs(Number(value)) < 10_000) return money(value, currency);
  try {
    return formatter(`s${currency}`, () =>
      new Intl.NumberFormat(undefined, { style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 }),
    ).format(Number(value));
  } catch {
    return `${currency} ${count(value)}`;
  }
}

export function percent(value) {
  return value === null || value === undefined ? '–' : `${numbers.format(Math.round(Number(value) * 10) / 10)} %`;
}

/** A day and time in full, for a title or a detail. */
export function dateTime(value) {
  if (!value) return '–';
  return formatter('dt', () => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })).format(
    new Date(value),
  );
}

/** A calendar day as stated, which has no time zone: "1 Jun 2026". */
export function day(value) {
  if (!value) return '–';
  const [year, month, date] = String(value).slice(0, 10).split('-').map(Number);
  return formatter('d', () => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' })).format(
    new Date(Date.UTC(year, month - 1, date)),
  );
}

export function time(value) {
  return formatter('t', () => new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })).format(new Date(value));
}

const STEPS = [
  [60, 1, 's'],
  [3600, 60, 'min'],
  [86_400, 3600, 'h'],
  [86_400 * 30, 86_400, 'd'],
];

/** How long ago: "just now", "4 min ago", else the day. */
export function ago(value, now = Date.now()) {
  if (!value) return 'never';
  const seconds = Math.max(0, (now - new Date(value).getTime()) / 1000);
  if (seconds < 10) return 'just now';
  for (const [limit, unit, name] of STEPS) {
    if (seconds < Number(limit)) return `${Math.floor(seconds / Number(unit))} ${name} ago`;
  }
  return day(new Date(value).toISOString());
}

/** How long until: "in 4 h", "due now", "2 d late". */
export function until(value, now = Date.now()) {
  const seconds = (new Date(value).getTime() - now) / 1000;
  if (Math.abs(seconds) < 60) return 'due now';
  return seconds < 0 ? `${duration(-seconds)} late` : `in ${duration(seconds)}`;
}

export function duration(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  for (const [limit, unit, name] of STEPS) {
    if (seconds < Number(limit)) return `${Math.floor(seconds / Number(unit))} ${name}`;
  }
  return `${Math.floor(seconds / 86_400)} d`;
}

export function bytes(value) {
  const units = ['B', 'KB', 'MB', 'GB'];
  let size = Number(value);
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(size < 10 ? 1 : 0)} ${units[unit]}`;
}

export const STAGES = ['discovery', 'qualification', 'proposal', 'negotiation', 'closed_won', 'closed_lost'];
const STAGE_WORDS = { closed_won: 'Won', closed_lost: 'Lost' };
const SOURCE_WORDS = {
  manual: 'Manual',
  web_form: 'Web form',
  csv: 'CSV',
  email: 'E-mail',
  api: 'API',
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
};
const FIELD_WORDS = {
  name: 'Name',
  company: 'Company',
  value: 'Value',
  currency: 'Currency',
  stage: 'Stage',
  probability: 'Probability',
  expected_close_date: 'Expected close',
  contact_email: 'Contact e-mail',
  contact_name: 'Contact name',
  description: 'Description',
  external_id: 'External id',
  source_updated_at: 'Changed at source',
  stage_entered_at: 'In the stage since',
  last_engagement_at: 'Last engagement',
  next_step: 'Next step',
  lost_reason: 'Why lost',
  close_date: 'Close date',
  source_metadata: 'More from the source',
};

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1).replaceAll('_', ' ');

export const stage = (code) => STAGE_WORDS[code] ?? capital(String(code ?? '–'));
export const source = (code) => SOURCE_WORDS[code] ?? capital(String(code ?? '–'));
export const field = (code) => FIELD_WORDS[code] ?? capital(String(code ?? '–'));
export const risk = (level) => ({ low: 'Low risk', medium: 'Medium risk', high: 'High risk' })[level] ?? 'Not scored';
