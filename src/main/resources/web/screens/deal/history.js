// @ts-check
/** What changed a deal, the newest first, with what stood there before and after. */
import { html, nothing } from '../../core/element.js';
import { ago, dateTime, field as fieldWord, source as sourceWord } from '../../core/format.js';
import { badge, empty } from '../../kit/basics.js';
import { diffTable, pager } from '../../kit/tables.js';
import { EDITED } from './edit.js';
import { CAUSES } from './scores.js';

/**
 * @param {import('../../kit/tables.js').Pages} history
 * @param {any} deal as it is now
 */
export function historyList(history, deal) {
  if (!history.items.length) return empty({ icon: 'clock', title: 'Nothing was changed yet' });
  // The hub keeps what a change replaced; what it put there is what the next newer change replaced, or stands there now.
  const after = { ...deal };
  const entries = history.items.map((one) => {
    const replaced = Object.entries(one.replaced ?? {}).filter(([name]) => EDITED.includes(name));
    const was = Object.fromEntries(replaced.map(([name, old]) => [name, old?.value ?? null]));
    const now = Object.fromEntries(replaced.map(([name]) => [name, after[name] ?? null]));
    Object.assign(after, was);
    return { ...one, was, now };
  });
  return html`<ol class="entries">
      ${entries.map(
        (one) => html`<li class="past">
          <div class="row between wrapping">
            <span class="small"
              ><strong>${CAUSES[one.cause] ?? fieldWord(one.cause)}</strong> <span class="soft">${sourceWord(one.source)}${one.row ? `, row ${one.row}` : ''} · ${one.actor}</span>
              ${one.import_id ? html`<a href="/imports/${one.import_id}">import</a>` : nothing} ${one.undone ? badge('taken back') : nothing}</span
            >
            <time class="tiny faint" datetime=${one.at} title=${dateTime(one.at)}>${ago(one.at)}</time>
          </div>
          ${Object.keys(one.was).length ? diffTable(one.was, one.now) : nothing}
        </li>`,
      )}
    </ol>
    ${pager(history, 'change')}`;
}
