import { html } from "./preact.js";
import { json, usePolled } from "./api.js";
import { duration } from "./format.js";
import { figures, quantile, sum } from "./metrics.js";
import { Problem } from "./parts.js";

const CALLS = "function_calls_seconds";

/** How often each function was called, how long that took, and what is at work. */
export function Functions() {
  const [loaded, problem] = usePolled(load, 2);
  return html`
    <h1 id="title">Functions</h1>
    <p class="lead">Calls since this gateway's start. Half of them took at most p50, all but one in a hundred at most p99.</p>
    <${Problem} text=${problem} />
    ${loaded && html`
      <table class="numbers">
        <thead>
          <tr><th>Function</th><th>Calls</th><th>Errors</th><th>p50</th><th>p99</th><th>In flight</th><th>Replicas</th></tr>
        </thead>
        <tbody>${loaded.functions.map(({ name, replicas }) => html`
          <${Row} key=${name} name=${name} replicas=${replicas} all=${loaded.all} />`)}</tbody>
      </table>`}`;
}

async function load() {
  const [functions, all] = await Promise.all([json("system/functions"), figures()]);
  return { functions, all };
}

function Row({ name, replicas, all }) {
  const own = labels => labels.function === name;
  const errors = sum(all, CALLS + "_count", labels => own(labels) && labels.status >= "400");
  return html`
    <tr>
      <td data-name="Function"><b>${name}</b></td>
      <td data-name="Calls">${sum(all, CALLS + "_count", own)}</td>
      <td data-name="Errors" class=${errors ? "bad" : ""}>${errors}</td>
      <td data-name="p50">${time(quantile(all, CALLS, 0.5, own))}</td>
      <td data-name="p99">${time(quantile(all, CALLS, 0.99, own))}</td>
      <td data-name="In flight">${sum(all, "function_calls_in_flight", own)}</td>
      <td data-name="Replicas">${replicas ?? 0}</td>
    </tr>`;
}

const time = seconds => seconds === null ? "–" : duration(seconds);
