// @ts-check
/** A source that a file of the integration team has added: it is set up there, and watched here. */
import { Element, define, html, nothing } from '../../core/element.js';
import { session } from '../../core/api.js';
import { ago, count, dateTime, source as sourceWord } from '../../core/format.js';
import { badge, foreign, icon, note } from '../../kit/basics.js';
import { snippet } from '../../kit/snippet.js';

class FileWay extends Element {
  static properties = { source: { attribute: false } };

  constructor() {
    super();
    /** As the list of sources tells of it. @type {any} */
    this.source = undefined;
  }

  render() {
    const one = this.source;
    return html`<div class="two even">
      <section class="stack">
        <div class="row between"><h2 class="wrap">${foreign(sourceWord(one.source), 60)}</h2>${one.state === 'ok' ? badge('Working', 'good') : badge('Failing', 'bad')}</div>
        <dl class="facts">
          <dt>Last taken</dt>
          <dd title=${dateTime(one.last_success)}>${ago(one.last_success)}</dd>
          <dt>Taken</dt>
          <dd class="number">${count(one.accepted)}</dd>
          <dt>Refused</dt>
          <dd class="number">${one.rejected ? html`<a href="/quarantine?source=${encodeURIComponent(one.source)}">${count(one.rejected)}</a>` : '0'}</dd>
        </dl>
        <div class="row wrapping">
          <a class="button small" href="/deals?source=${encodeURIComponent(one.source)}">${icon('list')}Its deals</a>
        </div>
        ${one.state === 'ok' ? nothing : note('What it brought last could not be taken. It is tried again until it works.', 'bad')}
      </section>
      <section class="stack wide docs">
        <h2>Where it is set up</h2>
        <p class="small soft">This source is files of the integration team, a mapping and a route, in the hub's folder for them (<code>TRIBUTARY_ROUTES</code>). A change holds a few seconds later; a fault in one leaves the old one running.</p>
        ${snippet('The last steps of a route that fetches records', `- setProperty:
    name: source
    expression:
      constant:
        expression: ${one.source}
- setProperty:
    name: tenant
    expression:
      constant:
        expression: ${session.tenant_id}
- to:
    uri: direct
    parameters:
      name: take-records`)}
      </section>
    </div>`;
  }
}

define('t-add-by-file', FileWay);
