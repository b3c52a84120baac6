// @ts-check
/** Everything there is to do, of all deals. */
import { Element, define, html, nothing } from '../core/element.js';
import { may } from '../core/api.js';
import { query, routerEvents, setQuery } from '../core/router.js';
import { head, icon } from '../kit/basics.js';
import { segments } from '../kit/tabs.js';
import './task-list.js';

class Tasks extends Element {
  constructor() {
    super();
    this.moved = () => this.requestUpdate();
  }

  connectedCallback() {
    super.connectedCallback();
    routerEvents.addEventListener('changed', this.moved);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    routerEvents.removeEventListener('changed', this.moved);
    clearTimeout(this.typing);
  }

  render() {
    const { state = 'open', assignee = '' } = query();
    return html`${head('Tasks', {
        sub: 'What automations have left for somebody to do.',
        actions: may('admin') ? html`<a class="button" href="/settings?tab=automations">${icon('zap')}Automations</a>` : nothing,
      })}
      <section class="card">
        <header class="filters">
          ${segments('State', state, (code) => setQuery({ state: code === 'open' ? null : code }), [
            ['open', 'Open'],
            ['done', 'Done'],
          ])}
          <label class="field grow">
            <span class="hidden-text">Whose tasks</span>
            <input class="input small" type="search" data-search placeholder="Whose: ann@example.com" .value=${assignee} @input=${(event) => this.search(event)} />
          </label>
        </header>
        <t-task-list .state=${state} .assignee=${assignee}></t-task-list>
      </section>`;
  }

  search(event) {
    clearTimeout(this.typing);
    const { value } = event.target;
    this.typing = setTimeout(() => setQuery({ assignee: value.trim() }), 250);
  }
}

define('t-tasks', Tasks);
