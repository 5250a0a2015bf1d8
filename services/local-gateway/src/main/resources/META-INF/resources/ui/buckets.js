import { html, useState } from "./preact.js";
import { ask, at, json, usePolled } from "./api.js";
import { size, when } from "./format.js";
import { Action, Choice, Comparison, Pages, Problem, Said } from "./parts.js";

const PAGE = 24;

/** The rules, and what became of the pictures of one. */
export function Buckets() {
  const [loaded, problem] = usePolled(rules, 10);
  const [chosen, setChosen] = useState(null);
  const fed = loaded?.rules.filter(rule => rule.bucket) ?? [];
  const rule = fed.find(({ name }) => name === chosen) ?? fed[0];
  return html`
    <h1 id="title">Buckets</h1>
    <p class="lead">${loaded && store(loaded.status)}</p>
    <${Problem} text=${problem} />
    ${loaded && html`
      <table>
        <thead><tr><th>Rule</th><th>Pictures</th><th>Function</th><th>Results</th><th>Schedule</th></tr></thead>
        <tbody>${loaded.rules.map(each => html`<${Row} key=${each.name} rule=${each} />`)}</tbody>
      </table>`}
    ${fed.length > 1 && html`<${Choice} label="Rule" options=${fed.map(({ name }) => name)} chosen=${rule.name} choose=${setChosen} />`}
    ${rule && loaded.status.state === "on" && html`<${Pairs} key=${rule.name} rule=${rule} />`}`;
}

async function rules() {
  const [rules, status] = await Promise.all([json("system/rules"), json("system/buckets")]);
  return { rules, status };
}

function store({ state, endpoint, reason }) {
  return { on: `The store is at ${endpoint}.`, off: `Buckets are off: ${reason}.` }[state] ?? "The store is starting.";
}

const Row = ({ rule }) => html`
  <tr>
    <td data-name="Rule"><b>${rule.name}</b></td>
    <td data-name="Pictures">${rule.bucket
      ? [`${rule.bucket}/`, ...rule.prefixes ?? [], ...(rule.suffixes ?? []).map(suffix => "*" + suffix), ...rule.types ?? []].join(" ")
      : "fired by hand"}</td>
    <td data-name="Function">${rule.function} <code>${Object.entries(rule.parameters ?? {}).map(([name, value]) => `${name}=${value}`).join(" ")}</code></td>
    <td data-name="Results">${rule.to ? `${rule.to}/${rule.key}` : "–"}</td>
    <td data-name="Schedule">${rule.schedule ?? "–"}</td>
  </tr>`;

function Pairs({ rule }) {
  const [pages, setPages] = useState([""]);
  const [said, setSaid] = useState("");
  const after = pages.at(-1);
  const [page, problem, again] = usePolled(
    () => json(`system/rules/${encodeURIComponent(rule.name)}/pictures?` + new URLSearchParams({ limit: PAGE, after })), 5, [after]);
  const done = text => {
    setSaid(text);
    again();
  };
  return html`
    <${Problem} text=${problem} />
    <${Said} text=${said} />
    ${page && page.pairs.length === 0 && html`<p class="empty">${page.next ? "No picture among these." : html`No picture lies in <b>${rule.bucket}</b> yet.`}</p>`}
    <div class="cards">${page?.pairs.map(pair => html`<${Pair} key=${pair.picture.key} rule=${rule} pair=${pair} done=${done} />`)}</div>
    ${page && html`<${Pages} pages=${pages} next=${page.next} turn=${setPages} />`}`;
}

function Pair({ rule, pair: { state, picture, result, reason }, done }) {
  const [compared, setCompared] = useState(false);
  const pictures = [picture, result].filter(Boolean).map(object => ({ title: `${object.bucket}/${object.key}`, src: source(object) }));
  return html`
    <article class="card pair" aria-label=${picture.key}>
      <button type="button" class="mat both" aria-label="Compare ${picture.key} with its result" onClick=${() => setCompared(true)}>
        ${pictures.map(({ src, title }) => html`<img key=${src} src=${src} alt=${title} loading="lazy" />`)}
        ${!result && html`<span class="soft">no result</span>`}
      </button>
      <h2>${picture.key}</h2>
      <p class="facts"><span class="state ${state}">${state}</span> ${size(picture.size)}${result && ` → ${size(result.size)}`}, ${when((result ?? picture).modified)}</p>
      ${reason && html`<p class="bad">${reason}</p>`}
      ${state !== "current" && html`<div class="deeds">
        <${Action} title="Convert again" label="Convert ${picture.key} again" done=${done} run=${() => convert(rule, picture)} /></div>`}
      ${compared && html`<${Comparison} pictures=${pictures} close=${() => setCompared(false)} />`}
    </article>`;
}

/** With its time, so that a browser does not show what was there before. */
const source = ({ bucket, key, modified }) => at("system/objects?" + new URLSearchParams({ bucket, key, modified })).href;

async function convert(rule, { key }) {
  await ask(`system/rules/${encodeURIComponent(rule.name)}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ key }) });
  return `${key} will be converted again.`;
}
