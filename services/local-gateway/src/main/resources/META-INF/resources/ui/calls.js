import { html, useState } from "./preact.js";
import { ask, json, usePolled } from "./api.js";
import { duration, plural, when } from "./format.js";
import { figures, sum } from "./metrics.js";
import { Action, Choice, Figure, Pages, Problem, Said } from "./parts.js";

const STATES = ["all", "queued", "running", "delivered", "dead"];
/** What the function refused or failed at, delivered or dead. */
const ERRORS = "errors";
const PAGE = 50;

/** Asynchronous calls: how many wait, what became of each, and steering them. */
export function Calls() {
  const [state, setState] = useState("all");
  const [id, setId] = useState("");
  const [pages, setPages] = useState([""]);
  const [said, setSaid] = useState("");
  const after = pages.at(-1);
  const [loaded, problem, again] = usePolled(() => load(state, after, id.trim()), 2, [state, after, id]);
  const begin = set => chosen => {
    set(chosen);
    setPages([""]);
  };
  const done = text => {
    setSaid(text);
    again();
  };
  return html`
    <h1 id="title">Calls</h1>
    <p class="lead">What was sent to <code>/async-function/NAME</code>: kept on disk until its result is delivered.</p>
    <${Problem} text=${problem} />
    ${loaded && html`<${Depth} all=${loaded.all} />`}
    <div class="filters" role="search">
      <label>Call id <input type="search" maxlength="200" value=${id} onInput=${event => begin(setId)(event.target.value)} /></label>
      ${!id && html`<${Choice} label="State" options=${[...STATES, ERRORS]} chosen=${state} choose=${begin(setState)} />`}
    </div>
    <${Said} text=${said} />
    ${loaded && html`
      <${List} page=${loaded.page} done=${done} />
      <${Pages} pages=${pages} next=${loaded.page.next} turn=${setPages} order="by call id" />`}`;
}

async function load(state, after, id) {
  const query = new URLSearchParams({ limit: PAGE });
  if (state === ERRORS) query.set("functionStatus", "4xx,5xx");
  else if (state !== "all") query.set("state", state);
  if (after) query.set("after", after);
  const [page, all] = await Promise.all([id ? one(id) : json("system/async?" + query), figures()]);
  page.calls.sort((one, other) => new Date(other.accepted ?? 0) - new Date(one.accepted ?? 0));
  return { page, all };
}

const one = id => json("system/async/" + encodeURIComponent(id)).then(call => ({ calls: [call] }), ({ message }) => ({ calls: [], message }));

const Depth = ({ all }) => html`
  <dl class="figures">
    <${Figure} name="waiting" value=${sum(all, "async_calls_waiting")} />
    <${Figure} name="running" value=${sum(all, "async_calls_running")} />
    <${Figure} name="undelivered" value=${sum(all, "async_results_undelivered")} />
    <${Figure} name="dead letters" value=${sum(all, "async_dead_letters")} bad=${sum(all, "async_dead_letters") > 0} />
    <${Figure} name="oldest overdue" value=${duration(sum(all, "async_oldest_overdue_seconds"))} />
  </dl>`;

const List = ({ page: { calls, message }, done }) => calls.length === 0
  ? html`<p class="empty">${message ?? "There is no such call."}</p>`
  : html`
    <table>
      <thead>
        <tr><th>Function</th><th>State</th><th>Accepted</th><th>Attempts</th><th>Status</th><th>Call id</th><th></th></tr>
      </thead>
      <tbody>${calls.map(call => html`<${Row} key=${call.callId} call=${call} done=${done} />`)}</tbody>
    </table>`;

const Row = ({ call, done }) => html`
  <tr class=${call.state}>
    <td data-name="Function"><b>${call.function ?? "–"}</b></td>
    <td data-name="State"><span class="state ${call.state}">${call.state}</span>
      ${call.reason && html`<span class="reason">${call.reason}</span>`}</td>
    <td data-name="Accepted">${call.accepted ? when(call.accepted) : "–"}</td>
    <td data-name="Attempts">${call.functionAttempts ?? 0}${call.callbackAttempts > 0 && ` + ${plural(call.callbackAttempts, "callback")}`}
      ${call.nextAttempt && html`<span class="soft"> next ${when(call.nextAttempt)}</span>`}</td>
    <td data-name="Status">${call.functionStatus ?? "–"}</td>
    <td data-name="Call id"><code>${call.callId}</code></td>
    <td>
      ${call.state === "dead" && html`
        <${Action} title="Requeue" label="Requeue ${call.callId}" done=${done} run=${() => requeue(call)} />`}
      ${call.state === "queued" && html`
        <${Action} title="Cancel" label="Cancel ${call.callId}" done=${done} run=${() => cancel(call)} />`}
    </td>
  </tr>`;

async function requeue({ callId }) {
  await ask(`system/async/${encodeURIComponent(callId)}/requeue`, { method: "POST" });
  return `${callId} is queued again.`;
}

async function cancel({ callId }) {
  await ask(`async-function/${encodeURIComponent(callId)}`, { method: "DELETE" });
  return `${callId} is cancelled.`;
}
