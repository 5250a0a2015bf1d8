import { html, useState } from "./preact.js";
import { ask, at, detail, json, usePolled } from "./api.js";
import { duration, plural, size, when } from "./format.js";
import { Action, Choice, Comparison, Problem, Said } from "./parts.js";

const PAGE = 48;
const KINDS = { all: "", results: "false", failures: "true" };

/** What arrived at the callback receiver. */
export function Messages() {
  const [search, setSearch] = useState("");
  const [since, setSince] = useState("");
  const [until, setUntil] = useState("");
  const [kind, setKind] = useState("all");
  const [most, setMost] = useState(PAGE);
  const [said, setSaid] = useState("");
  const query = queryOf(search, since, until, kind);
  const [page, problem, again] = usePolled(() => json(`system/messages?${query}&limit=${most}`), 3, [query, most]);
  const done = text => {
    setSaid(text);
    again();
  };
  return html`
    <h1 id="title">Messages</h1>
    <p class="lead">Results of asynchronous calls, as they were delivered to the callback receiver${page && `: ${plural(page.count, "message")} in all`}.</p>
    <div class="filters" role="search">
      <label>Search <input type="search" maxlength="200" placeholder="name, function or call id" value=${search}
        onInput=${event => setSearch(event.target.value)} /></label>
      <label>From <input type="date" value=${since} onChange=${event => setSince(event.target.value)} /></label>
      <label>To <input type="date" value=${until} onChange=${event => setUntil(event.target.value)} /></label>
      <${Choice} label="Kind" options=${Object.keys(KINDS)} chosen=${kind} choose=${setKind} />
      <a class="button" href=${at("system/messages.zip?" + query)} download="messages.zip">Download all</a>
    </div>
    <${Problem} text=${problem} />
    <${Said} text=${said} />
    ${page && page.messages.length === 0 && html`<p class="empty">No such message has arrived.</p>`}
    <div class="cards">${page?.messages.map(message => html`<${Message} key=${message.number} message=${message} done=${done} />`)}</div>
    ${page?.next && most < 200 && html`<div class="pages"><button type="button" onClick=${() => setMost(Math.min(200, most + PAGE))}>More</button></div>`}`;
}

/** Of what takes the place of a button that was pressed, so that the keyboard is still there. */
const focus = element => element?.focus();

/** Days are the reader's own. */
function queryOf(search, since, until, kind) {
  const query = new URLSearchParams();
  if (search) query.set("search", search);
  if (since) query.set("since", midnight(since, 0).toISOString());
  if (until) query.set("until", midnight(until, 1).toISOString());
  if (KINDS[kind]) query.set("failed", KINDS[kind]);
  return query.toString();
}

/** When a date begins, or a number of days later: some days have 23 hours or 25. */
function midnight(date, later) {
  const [year, month, day] = date.split("-").map(Number);
  return new Date(year, month - 1, day + later);
}

function Message({ message, done }) {
  const [large, setLarge] = useState(false);
  const [sure, setSure] = useState(false);
  const src = at("system" + message.url).href;
  const picture = /^image\/(jpeg|png|gif|webp|bmp)$/.test(message.type) && !message.failed;
  return html`
    <article class="card" aria-label=${message.name}>
      ${picture
        ? html`<button type="button" class="mat" aria-label="${message.name}, large" onClick=${() => setLarge(true)}>
            <img src=${src} alt=${message.name} loading="lazy" /></button>`
        : html`<${Text} message=${message} src=${src} />`}
      <h2>${message.name}</h2>
      <p class="facts"><b>${message.function}</b> <span class="state ${message.failed ? "failed" : "delivered"}">${message.status}</span>
        ${" "}${size(message.size)}${message.seconds !== null && `, ${duration(message.seconds)}`}</p>
      <p class="summary">${when(message.received)}<br /><code>${message.callId}</code></p>
      <div class="deeds">
        <a class="button" href=${src} download=${message.name}>Download</a>
        ${sure
          ? html`<${Action} title="Really delete" label="Really delete ${message.name}" done=${done} run=${() => remove(message)} />
            <button type="button" ref=${focus} onClick=${() => setSure(false)}>Keep</button>`
          : html`<button type="button" aria-label="Delete ${message.name}" onClick=${() => setSure(true)}>Delete</button>`}
      </div>
      ${large && html`<${Comparison} pictures=${[{ title: message.name, src }]} close=${() => setLarge(false)} />`}
    </article>`;
}

/** What a text says; of a problem, its detail. */
function Text({ message, src }) {
  const readable = /^(text\/plain|application\/json)/.test(message.type) && message.size < 1e5;
  const [text, problem] = usePolled(async () => readable ? detail(await (await fetch(src)).text()) : message.type, 3600, [src]);
  return html`<div class="mat text ${message.failed ? "bad" : ""}">${text ?? problem ?? ""}</div>`;
}

async function remove({ name, url }) {
  await ask("system" + url, { method: "DELETE" });
  return `${name} is deleted.`;
}
