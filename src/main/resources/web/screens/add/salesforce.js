// @ts-check
/** Salesforce: an organisation connected, its outbound messages pointed here, or Opportunities handed in. */
import { define, html } from '../../core/element.js';
import { BASE } from '../../core/api.js';
import { snippet } from '../../kit/snippet.js';
import { CrmWay } from './crm.js';

class SalesforceWay extends CrmWay {
  constructor() {
    super();
    this.kind = 'salesforce';
    this.objects = 'Opportunities';
    this.example = { Id: '0065g00000AbCdEAAV', Name: 'Fleet portal', Amount: 48000, StageName: 'Proposal/Price Quote', CloseDate: '2026-06-30', SystemModstamp: '2026-03-01T09:00:00.000+0000' };
  }

  setUp() {
    return html`<h2>Outbound messages</h2>
      <p class="small soft">In Salesforce, a flow's outbound message on Opportunity or Lead goes to this endpoint URL, with a key that has the scope ingest alone. Its organisation must be the one connected above.</p>
      ${snippet('Endpoint URL', `${location.origin}${BASE}/salesforce/sync?token=KEY`)}`;
  }
}

define('t-add-salesforce', SalesforceWay);
