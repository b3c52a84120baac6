// @ts-check
/** HubSpot: its portal connected, its webhooks pointed here, or deal objects handed in. */
import { define, html } from '../../core/element.js';
import { BASE, session } from '../../core/api.js';
import { snippet } from '../../kit/snippet.js';
import { CrmWay } from './crm.js';

class HubspotWay extends CrmWay {
  constructor() {
    super();
    this.kind = 'hubspot';
    this.objects = 'deal objects';
    this.example = {
      id: '18803312041',
      properties: { dealname: 'Harbor Analytics rollout', amount: '84000', dealstage: 'qualifiedtobuy', hs_lastmodifieddate: '2026-03-01T09:00:00Z' },
    };
  }

  setUp() {
    const url = `${location.origin}${BASE}/hubspot/sync?tenant_id=${session.tenant_id}&workspace_id=${session.workspace_id}`;
    return html`<h2>Webhooks</h2>
      <p class="small soft">In HubSpot, under your app's webhooks, set this target URL and subscribe to deal.creation, deal.propertyChange and deal.deletion. Requests are checked by HubSpot's signature against the client secret above.</p>
      ${snippet('Target URL', url)}`;
  }
}

define('t-add-hubspot', HubspotWay);
