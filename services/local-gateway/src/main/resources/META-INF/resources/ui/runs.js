import { html, useEffect, useState } from "./preact.js";
import { ask, at, detail, json, usePolled } from "./api.js";
import { duration, plural, when } from "./format.js";
import { arranged, isNode } from "./graph.js";
import { Action, Choice, Comparison, Pages, Problem, Said } from "./parts.js";

const STATES = ["all", "running", "waiting", "paused", "succeeded", "failed", "stopped"];
const PAGE = 50;
const BOX = { width: 190, height: 220, between: 56 };

/** Durable runs of workflows, or one of them. */
export const Runs = ({ rest: [id] }) => id ? html`<${Run} key=${id} id=${id} />` : html`<${List} />`;

function List() {
  const [state, setState] = useState("all");
  const [pages, setPages] = useState([""]);
  const after = pages.at(-1);
  const [page, problem] = usePolled(() => load(state, after), 3, [state, after]);
  const choose = chosen => {
    setState(chosen);
    setPages([""]);
  };
  return html`
    <h1 id="title">Runs</h1>
    <p class="lead">Workflows that are <code>durable: true</code>, with what each step answered.</p>
    <${Problem} text=${problem} />
    <${Choice} label="State" options=${STATES} chosen=${state} choose=${choose} />
    ${page && (page.runs.length === 0 ? html`<p class="empty">There is no such run.</p>` : html`
      <table>
        <thead><tr><th>Run</th><th>Workflow</th><th>State</th><th>Started</th><th>Took</th></tr></thead>
        <tbody>${page.runs.map(run => html`
          <tr key=${run.run}>
            <td data-name="Run"><a href="#runs/${encodeURIComponent(run.run)}"><code>${run.run}</code></a></td>
            <td data-name="Workflow">${run.workflow}</td>
            <td data-name="State"><span class="state ${run.state}">${run.state}</span></td>
            <td data-name="Started">${when(run.started)}</td>
            <td data-name="Took">${run.ended ? duration(seconds(run.started, run.ended)) : "–"}</td>
          </tr>`)}</tbody>
      </table>`)}
    ${page && html`<${Pages} pages=${pages} next=${page.next} turn=${setPages} />`}`;
}

function load(state, after) {
  const query = new URLSearchParams({ limit: PAGE });
  if (state !== "all") query.set("state", state);
  if (after) query.set("after", after);
  return json("system/runs?" + query);
}

const seconds = (from, to) => (new Date(to) - new Date(from)) / 1000;
const path = id => "system/runs/" + encodeURIComponent(id);

function Run({ id }) {
  const [run, problem, again] = usePolled(() => json(path(id)), 2, [id]);
  const [said, setSaid] = useState("");
  const done = text => {
    setSaid(text);
    again();
  };
  return html`
    <p class="back"><a href="#runs">All runs</a></p>
    <h1 id="title">Run <code>${id}</code></h1>
    <${Problem} text=${problem} />
    ${run && html`
      <p class="lead">Workflow <b>${run.workflow}</b>, <span class="state ${run.state}">${run.state}</span>, started ${when(run.started)}${
        run.ended && `, took ${duration(seconds(run.started, run.ended))}`}</p>
      <${Problem} text=${run.failure && `Step ${run.failure.step}: ${detail(run.failure.stepText) || run.failure.detail}`} />
      <div class="choice" role="group" aria-label="Steer the run">
        ${commands(run).map(command => html`
          <${Action} key=${command} title=${command[0].toUpperCase() + command.slice(1)} label="${command} the run" done=${done} run=${() => steer(id, command)} />`)}
      </div>
      <${Said} text=${said} />
      <${Graph} run=${run} />
      <${Waterfall} run=${run} />`}`;
}

function commands({ state }) {
  return { running: ["pause", "stop"], waiting: ["resume", "stop"], paused: ["resume", "stop"], failed: ["retry"] }[state] ?? [];
}

async function steer(id, command) {
  await ask(`${path(id)}/${command}`, { method: "POST" });
  return `Asked to ${command}.`;
}

/** The workflow as it was when the run began, every step a box with what it made. */
function Graph({ run }) {
  const [graph, setGraph] = useState(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    json(path(run.run) + "/graph").then(setGraph, failure => setProblem(failure.message));
  }, [run.run]);
  if (!graph) return html`<${Problem} text=${problem} />`;
  const { nodes, columns, rows, places } = arranged(graph);
  const step = { x: BOX.width + BOX.between, y: BOX.height + 20 };
  const middle = id => {
    const { column, row } = places.get(id);
    return { x: column * step.x, y: row * step.y + BOX.height / 2 };
  };
  const size = { width: columns * step.x - BOX.between, height: rows * step.y - 20 };
  return html`
    <h2>Graph</h2>
    <div class="graph" tabindex="0" role="group" aria-label="The graph of the run">
      <div class="plane" style=${{ width: size.width + "px", height: size.height + "px" }}>
        <svg width=${size.width} height=${size.height} aria-hidden="true">
          ${graph.edges.map(({ from, to, dashed }) => html`<path key="${from}-${to}" class=${dashed ? "dashed" : ""} d=${curve(middle(from), middle(to))} />`)}
        </svg>
        ${nodes.map(node => {
          const { x, y } = middle(node.id);
          return html`<div key=${node.id} class="place" style=${{ left: x + "px", top: y - BOX.height / 2 + "px" }}>
            <${Node} node=${node} run=${run} /></div>`;
        })}
      </div>
    </div>`;
}

function curve(from, to) {
  const start = from.x + BOX.width;
  const bend = (to.x - start) / 2;
  return `M${start} ${from.y} C${start + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}

function Node({ node, run }) {
  const steps = (run.steps ?? []).filter(step => isNode(node, step));
  const tried = (run.tried ?? []).filter(step => isNode(node, step));
  const state = steps.some(step => step.failure) ? "failed" : steps.length ? "done" : tried.length ? "tried" : "";
  const [title, ...lines] = node.lines;
  return html`
    <div class="node ${node.shape.toLowerCase()} ${state}">
      <b>${title}</b>
      ${lines.map(line => html`<small key=${line}>${line}</small>`)}
      <div class="made">${steps.map(step => html`<${Made} key=${step.key} run=${run} step=${step} />`)}</div>
      ${steps.length === 1 && html`<small>${summary(steps[0])}</small>`}
      ${steps.length > 1 && html`<small>${plural(steps.length, "iteration")}, ${plural(attempts(steps), "attempt")}</small>`}
      ${tried.length > 0 && html`<small class="reason">${plural(attempts(tried), "attempt")}, is tried again</small>`}
    </div>`;
}

const attempts = steps => steps.reduce((total, step) => total + step.attempts.length, 0);
const summary = step => [duration(seconds(step.started, step.ended)), plural(step.attempts.length, "attempt"), step.gateway].filter(Boolean).join(" · ");

/** What a step made: a picture that can be seen large, or a link to it. */
function Made({ run, step }) {
  const [large, setLarge] = useState(false);
  const src = at(`${path(run.run)}/steps/${step.key}`).href;
  if (step.failure) return html`<small class="bad">${detail(step.failure.stepText) || step.failure.detail}</small>`;
  if (!step.contentType.startsWith("image/")) return html`<a href=${src} target="_blank" rel="noopener">${step.contentType}</a>`;
  return html`
    <button type="button" class="picture" aria-label="${step.step}, large" title=${step.step} onClick=${() => setLarge(true)}>
      <img src=${src} alt="after ${step.step}" loading="lazy" /></button>
    ${large && html`<${Comparison} pictures=${[{ title: step.step, src }]} close=${() => setLarge(false)} />`}`;
}

/** When each step ran. */
function Waterfall({ run }) {
  const steps = run.steps ?? [];
  if (steps.length === 0) return null;
  const start = Math.min(...steps.map(step => new Date(step.started)));
  const whole = Math.max(...steps.map(step => new Date(step.ended))) - start || 1;
  const part = (from, to) => 100 * (new Date(to) - new Date(from)) / whole + "%";
  return html`
    <h2>Waterfall</h2>
    <ol class="waterfall">
      ${steps.map(step => html`
        <li key=${step.key}>
          <span class="name">${step.step}</span>
          <span class="track"><span class="bar ${step.failure ? "failed" : ""}"
            style=${{ left: part(start, step.started), width: part(step.started, step.ended) }}></span></span>
          <span class="soft">${summary(step)}</span>
        </li>`)}
    </ol>`;
}
