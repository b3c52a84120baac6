// @ts-check
/** The door: by the link that the start prints, by a key, or by another provider where one is set up. */
import { Element, define, html, nothing } from '../core/element.js';
import { session, signIn } from '../core/api.js';
import { query } from '../core/router.js';
import { icon, note } from '../kit/basics.js';

/** Why another provider's sign-in came to nothing. */
const REASONS = {
  provider_unreachable: 'The provider does not answer. Try again in a moment, or sign in with a key.',
  sign_in_broken_off: 'The sign-in was broken off, or took longer than ten minutes. Begin again.',
  sign_in_refused: 'The provider did not confirm who you are.',
  no_group: 'You are signed in there, but none of your groups may use Tributary. Ask whoever runs it.',
  no_workspace: 'The workspace of your group does not exist yet. Ask whoever runs Tributary.',
};

class SignIn extends Element {
  static properties = { trouble: { attribute: false }, busy: { state: true }, fault: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.trouble = undefined;
    this.busy = false;
    this.fault = '';
  }

  render() {
    return html`<main class="alone">
      <section class="door card">
        <h1 tabindex="-1">Sign in to Tributary</h1>
        <p class="soft">Every deal and lead, from every source, in one clean pipeline.</p>
        ${REASONS[query().sign_in] ? note(REASONS[query().sign_in], 'warn') : nothing}
        ${this.trouble?.code === 'code_unknown'
          ? note(html`${this.trouble.message} Start the hub again for a new link, or sign in with a key.`, 'warn')
          : nothing}
        <form class="stack" @submit=${(event) => this.send(event)}>
          <div class="field">
            <label for="key">Key of your workspace</label>
            <input
              id="key"
              class="input"
              type="password"
              autocomplete="off"
              spellcheck="false"
              placeholder="trib_…"
              aria-invalid=${this.fault ? 'true' : nothing}
              aria-describedby="key-hint ${this.fault ? 'key-error' : ''}"
              @input=${() => {
                this.fault = '';
              }}
            />
            ${this.fault ? html`<p class="error" id="key-error" role="alert">${icon('circle-alert')}<span>${this.fault}</span></p>` : nothing}
            <p class="hint" id="key-hint">
              The key made at the first start is in the file <code>api-key</code> of the data folder. It is sent once and not
              kept in this browser.
            </p>
          </div>
          <button class="button primary" aria-busy=${this.busy} ?disabled=${this.busy}>${icon('key-round')}Sign in</button>
        </form>
        ${(session.providers ?? []).map(
          (provider) => html`<a class="button" href=${provider.start}>${icon('shield-check')}Sign in with ${provider.name}</a>`,
        )}
        <p class="hint faint tiny">
          Whoever starts the hub finds a link in its first line of output that signs in by itself: it works once, for ten minutes.
        </p>
      </section>
    </main>`;
  }

  async send(event) {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (this.querySelector('#key'));
    this.busy = true;
    try {
      await signIn({ key: input.value, replace: true });
    } catch (error) {
      this.fault = /** @type {any} */ (error).message;
      input.select();
    } finally {
      this.busy = false;
    }
  }
}

define('t-sign-in', SignIn);
