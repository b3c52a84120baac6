// @ts-check
/** Code to copy: the same call in several languages, with the real address and a masked key. */
import { Element, define, html, nothing } from '../core/element.js';
import { icon } from './basics.js';
import { toast } from './overlays.js';
import { segments } from './tabs.js';

/** Copies text and says so. */
export async function copy(text, what = 'Copied') {
  try {
    await navigator.clipboard.writeText(text);
    toast(what, { tone: 'good' });
  } catch {
    toast('The browser did not let the page copy; select the text and copy it by hand.', { tone: 'bad' });
  }
}

/** One piece of code. */
export function snippet(title, text, { copied } = /** @type {{copied?: string}} */ ({})) {
  return html`<div class="snippet">
    <header>
      <span class="clip">${title}</span>
      <button class="button plain small" @click=${() => copy(copied ?? text)}>${icon('copy')}Copy</button>
    </header>
    <pre tabindex="0" role="region" aria-label=${title}><code>${text}</code></pre>
  </div>`;
}

/** The same call in several languages; `calls` are `[language, text]`. The choice is kept for the page. */
class Snippets extends Element {
  static properties = { calls: { attribute: false }, chosen: { state: true } };

  static last = 'curl';

  constructor() {
    super();
    /** @type {[string, string][]} */
    this.calls = [];
    this.chosen = Snippets.last;
  }

  render() {
    const call = this.calls.find(([language]) => language === this.chosen) ?? this.calls[0];
    if (!call) return nothing;
    return html`<div class="stack">
      ${segments('Language', call[0], (language) => this.choose(language), this.calls.map(([language]) => [language, language]))}
      ${snippet(call[0], call[1])}
    </div>`;
  }

  choose(language) {
    this.chosen = language;
    Snippets.last = language;
  }
}

define('t-snippets', Snippets);

/** A JSON call in curl, Java, Python and JavaScript. */
export function calls(path, body, { method = 'POST' } = {}) {
  const url = `${location.origin}${path}`;
  const json = JSON.stringify(body, null, 2);
  const oneLine = JSON.stringify(body);
  const key = 'trib_••••••••';
  return /** @type {[string, string][]} */ ([
    [
      'curl',
      `curl -X ${method} ${url} \\\n  -H "Authorization: Bearer $TRIBUTARY_KEY" \\\n  -H "Content-Type: application/json" \\\n  -H "Idempotency-Key: $(uuidgen)" \\\n  -d '${json.replaceAll("'", "'\\''")}'`,
    ],
    [
      'JavaScript',
      `const answer = await fetch("${url}", {\n  method: "${method}",\n  headers: {\n    Authorization: \`Bearer \${process.env.TRIBUTARY_KEY}\`, // ${key}\n    "Content-Type": "application/json",\n    "Idempotency-Key": crypto.randomUUID(),\n  },\n  body: JSON.stringify(${json.replaceAll('\n', '\n  ')}),\n});\nconsole.log(answer.status, await answer.json());`,
    ],
    [
      'Python',
      `import os, uuid, requests\n\nanswer = requests.${method.toLowerCase()}(\n    "${url}",\n    headers={\n        "Authorization": f"Bearer {os.environ['TRIBUTARY_KEY']}",  # ${key}\n        "Idempotency-Key": str(uuid.uuid4()),\n    },\n    json=${pythonOf(body)},\n    timeout=30,\n)\nprint(answer.status_code, answer.json())`,
    ],
    [
      'Java',
      `HttpRequest request = HttpRequest.newBuilder(URI.create("${url}"))\n    .header("Authorization", "Bearer " + System.getenv("TRIBUTARY_KEY")) // ${key}\n    .header("Content-Type", "application/json")\n    .header("Idempotency-Key", UUID.randomUUID().toString())\n    .method("${method}", BodyPublishers.ofString(\n        ${JSON.stringify(oneLine)}))\n    .build();\nHttpResponse<String> answer =\n    HttpClient.newHttpClient().send(request, BodyHandlers.ofString());\nSystem.out.println(answer.statusCode() + " " + answer.body());`,
    ],
  ]);
}

function pythonOf(value) {
  return JSON.stringify(value, null, 4)
    .replaceAll('\n', '\n    ')
    .replaceAll(/\btrue\b/g, 'True')
    .replaceAll(/\bfalse\b/g, 'False')
    .replaceAll(/\bnull\b/g, 'None');
}
