import { html, useEffect, useState } from "./preact.js";
import { ask, at, json } from "./api.js";
import { duration, plural, size } from "./format.js";
import { Comparison, Problem, Said } from "./parts.js";
import { isZip, unzip } from "./zip.js";

const MOST_PHOTOS = 50;
const SAMPLE = "seeding.jpg";
const OWN_IMAGE = "image-functions/";

// Beyond the component, so that another view does not lose them.
let kept = { photos: [], chosen: 0 };

/** Photos, and what every function and workflow makes of them. */
export function Try() {
  const [{ photos, chosen }, setPhotos] = useState(kept);
  const [calls, setCalls] = useState([]);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    kept = { photos, chosen };
  });
  useEffect(() => {
    listed().then(setCalls, failure => setProblem(failure.message));
  }, []);
  const add = async files => {
    const { opened, left } = await allOf([...files]);
    const before = kept.photos;
    const more = opened.slice(0, MOST_PHOTOS - before.length).map(file => ({ file, src: URL.createObjectURL(file) }));
    const over = left + opened.length - more.length;
    setProblem(over > 0 ? `${plural(over, "file")} left out: at most ${MOST_PHOTOS} fit, and 64 MB of one zip.` : "");
    const first = more.findIndex(({ file }) => !isZip(file));
    if (more.length) setPhotos({ photos: [...before, ...more], chosen: before.length + Math.max(first, 0) });
  };
  const sample = async () => {
    const blob = await (await ask("ui/" + SAMPLE)).blob();
    await add([new File([blob], SAMPLE, { type: blob.type })]);
  };
  useEffect(() => {
    const paste = event => add(event.clipboardData.files);
    addEventListener("paste", paste);
    return () => removeEventListener("paste", paste);
  });
  const photo = photos[chosen];
  return html`
    <h1 id="title">Try</h1>
    <${Drop} add=${add} sample=${() => sample().catch(failure => setProblem(failure.message))} />
    <${Problem} text=${problem} />
    ${photos.length > 1 && html`
      <div class="strip" role="group" aria-label="Photos">
        ${photos.map(({ file, src }, i) => html`
          <button key=${src} type="button" aria-pressed=${String(i === chosen)} aria-label=${file.name}
            onClick=${() => setPhotos({ photos, chosen: i })}>${isZip(file) ? "zip" : html`<img src=${src} alt="" />`}</button>`)}
      </div>`}
    <div class="cards">
      ${photo && html`<${Original} key=${photo.src} photo=${photo} />`}
      ${calls.map(call => html`<${Card} key=${call.title} call=${call} photo=${photo} />`)}
    </div>`;
}

/** The files, and behind each zip the pictures in it; the number of those that are too many or too large. */
async function allOf(files) {
  const opened = [];
  let left = 0;
  for (const file of files) {
    opened.push(file);
    if (isZip(file)) {
      const zip = await unzip(file).catch(() => ({ files: [], left: 0 }));
      opened.push(...zip.files.filter(({ type }) => type.startsWith("image/")));
      left += zip.left;
    }
  }
  return { opened, left };
}

/**
 * Every way to call a function that takes a photo, as the functions themselves say: [{title, path, query, summary, parameters,
 * accepts}], the last whether it says what it takes. Those of other servers are not asked, since many of them take any request for a call.
 */
async function listed() {
  const functions = await json("system/functions");
  const calls = await Promise.all(functions.map(({ name, image }) => callsOf(name, image?.startsWith(OWN_IMAGE))));
  const byKind = Object.groupBy(calls.flat(), ({ query }) => query ? "workflows" : "functions");
  return [...byKind.functions ?? [], ...byKind.workflows ?? []];
}

async function callsOf(name, isOwn) {
  const path = "function/" + encodeURIComponent(name);
  const usage = isOwn ? await described(path) : {};
  if (usage.accepts && !usage.accepts.startsWith("image/") && usage.accepts !== "*/*") return [];
  const { summary = "", parameters } = usage;
  const accepts = Boolean(usage.accepts);
  return usage.variants
    ? usage.variants.map(variant => ({
        title: `${name}: ${variant.name}`, path, query: variant.query, summary: variant.summary ?? summary, parameters: variant.parameters ?? [], accepts }))
    : [{ title: name, path, query: "", summary, parameters, accepts }];
}

/** What a function tells of itself; nothing if it does not. */
async function described(path) {
  try {
    const answer = await fetch(at(path), { headers: { Accept: "application/json" } });
    const usage = answer.ok ? await answer.json() : {};
    return Array.isArray(usage.parameters) ? usage : {};
  } catch {
    return {};
  }
}

function Drop({ add, sample }) {
  const [over, setOver] = useState(false);
  const drop = event => {
    event.preventDefault();
    setOver(false);
    add(event.dataTransfer.files);
  };
  return html`
    <div class="drop ${over ? "over" : ""}" onDrop=${drop} onDragLeave=${() => setOver(false)}
      onDragOver=${event => { event.preventDefault(); setOver(true); }}>
      <label><input type="file" multiple onChange=${event => { add(event.target.files); event.target.value = ""; }} />
        <span class="button">Choose photos</span></label>
      <span>or drop or paste some here, or begin with</span>
      <button type="button" onClick=${sample}>a sample photo</button>
    </div>`;
}

function Original({ photo }) {
  const [sizes, setSizes] = useState("");
  return html`
    <article class="card original" aria-label="Original">
      <h2>Original</h2>
      <p class="summary">${photo.file.name}</p>
      <div class="mat">${photo.file.type.startsWith("image/")
        ? html`<img src=${photo.src} alt=${photo.file.name}
            onLoad=${({ target }) => setSizes(`${target.naturalWidth} × ${target.naturalHeight}, `)} />`
        : html`<span class="soft">${photo.file.type || "no picture"}</span>`}</div>
      <p class="facts">${sizes}${size(photo.file.size)}</p>
    </article>`;
}

function Card({ call, photo }) {
  const [given, setGiven] = useState({});
  // A function that says that it takes pictures does nothing but make some.
  const [wanted, setWanted] = useState(call.accepts);
  const [result, setResult] = useState(null);
  const [compared, setCompared] = useState(false);
  const query = queryOf(call, given);
  useEffect(() => {
    if (!photo || !wanted) return undefined;
    const stop = new AbortController();
    setResult(null);
    made(call.path + query, photo.file, stop.signal).then(setResult, failure => {
      if (failure.name !== "AbortError") setResult({ problem: failure.message });
    });
    return () => stop.abort();
  }, [photo, query, wanted]);
  useEffect(() => () => result?.files?.forEach(({ src }) => URL.revokeObjectURL(src)), [result]);
  const shown = result?.files?.filter(({ width }) => width) ?? [];
  const first = shown[0];
  return html`
    <article class="card" aria-label=${call.title} aria-busy=${String(Boolean(photo) && wanted && !result)}>
      <h2>${call.title}</h2>
      <p class="summary">${call.summary}</p>
      <div class="mat">
        ${result?.problem ? html`<${Problem} text=${result.problem} />`
          : first ? html`<button type="button" class="picture" aria-label="Compare ${call.title} with the original"
              onClick=${() => setCompared(true)}><img src=${first.src} alt="${call.title} of ${photo.file.name}" /></button>`
          : photo && !wanted ? html`<button type="button" onClick=${() => setWanted(true)}>Call it</button>`
          : html`<span class="soft">${photo ? result?.text ?? "working …" : "waiting for a photo"}</span>`}
      </div>
      ${result?.files?.length > 1 && html`
        <ul class="entries">${result.files.map(({ name, src, width }) => html`
          <li key=${name}><a href=${src} download=${name}>${width && html`<img src=${src} alt="" />`}${name}</a></li>`)}
          ${result.left > 0 && html`<li>and ${plural(result.left, "file")} more: download it</li>`}</ul>`}
      <p class="facts" role="status">${facts(result, photo)}</p>
      <${Fields} call=${call} given=${given} change=${setGiven} />
      <${Deeds} call=${call} query=${query} photo=${photo} result=${result} />
      ${compared && html`<${Comparison} close=${() => setCompared(false)} pictures=${[
        { title: "Original", src: photo.src }, ...shown.map(({ src, name }) => ({ title: name, src }))]} />`}
    </article>`;
}

function queryOf(call, given) {
  const query = new URLSearchParams(call.query);
  if (call.parameters) {
    Object.entries(given).filter(([, value]) => value).forEach(([name, value]) => query.set(name, value));
  }
  const text = call.parameters ? query.toString() : given.query ?? "";
  return text && "?" + text;
}

/** What the function answers: {blob, took, files: [{name, src, width, height}], left, text}; what cannot be seen has no width. */
async function made(path, file, signal) {
  const start = performance.now();
  const answer = await ask(path, { method: "POST", body: file, signal });
  const blob = await answer.blob();
  const took = (performance.now() - start) / 1000;
  if (blob.type.startsWith("image/")) {
    const picture = await measured(`${file.name.replace(/\.\w+$/, "")}.${ending(blob)}`, blob);
    return { blob, took, files: [picture], text: blob.type };
  }
  if (isZip(blob)) {
    const { files, left } = await unzip(blob);
    return { blob, took, files: await Promise.all(files.map(entry => measured(entry.name, entry))), left, text: blob.type };
  }
  const text = /^(text\/|application\/.*json)/.test(blob.type) ? (await blob.text()).slice(0, 2000) : blob.type;
  return { blob, took, text };
}

const ending = blob => blob.type.split("/")[1].replace("jpeg", "jpg");

/** A file with the size of its picture, if a browser can show it. */
async function measured(name, blob) {
  const src = URL.createObjectURL(blob);
  if (!blob.type.startsWith("image/")) return { name, src };
  const image = Object.assign(new Image(), { src });
  return image.decode().then(() => ({ name, src, width: image.naturalWidth, height: image.naturalHeight }), () => ({ name, src }));
}

function facts(result, photo) {
  if (!result?.blob) return "";
  const { blob, took, files } = result;
  const part = Math.round(100 * blob.size / photo.file.size);
  const first = isZip(blob) ? `${plural(files.length, "file")}, ` : files?.[0].width ? `${files[0].width} × ${files[0].height}, ` : "";
  return `${first}${size(blob.size)} (${part} %), ${duration(took)}`;
}

/** The parameters as fields; of a function that tells of none, one field for a query. */
function Fields({ call, given, change }) {
  const parameters = call.parameters ?? [{ name: "query", meaning: "its parameters, as in a URL: width=320&quality=80" }];
  if (parameters.length === 0) return null;
  const set = (name, value) => change({ ...given, [name]: value });
  return html`
    <details>
      <summary>Parameters</summary>
      ${parameters.map(parameter => html`
        <label key=${parameter.name} class="field" title=${parameter.meaning}>
          <span>${parameter.name}</span>
          <${Field} parameter=${parameter} value=${given[parameter.name] ?? ""} set=${value => set(parameter.name, value)} />
          <small>${parameter.meaning}</small>
        </label>`)}
    </details>`;
}

function Field({ parameter, value, set }) {
  const change = event => event.target.reportValidity() && set(event.target.value);
  if (parameter.values) {
    return html`
      <select value=${value} onChange=${change}>
        <option value="">${parameter.default} (default)</option>
        ${parameter.values.filter(one => one !== parameter.default).map(one => html`<option key=${one} value=${one}>${one}</option>`)}
      </select>`;
  }
  return parameter.maximum
    ? html`<input type="number" min=${parameter.minimum} max=${parameter.maximum} placeholder=${parameter.default} value=${value}
        onChange=${change} />`
    : html`<input type="text" maxlength="500" placeholder=${parameter.default} value=${value} onChange=${change} />`;
}

function Deeds({ call, query, photo, result }) {
  const [said, setSaid] = useState("");
  const tell = promise => promise.then(setSaid, failure => setSaid(failure.message));
  const first = result?.files?.find(({ width }) => width);
  return html`
    <div class="deeds">
      ${result?.blob && html`<button type="button" onClick=${() => download(result.blob, photo, call)}>Download</button>`}
      ${first && html`<button type="button" onClick=${() => tell(copyPicture(first.src))}>Copy</button>`}
      <button type="button" onClick=${() => tell(copyCurl(call, query, photo))}>Copy curl</button>
      <${Said} text=${said} />
    </div>`;
}

function download(blob, photo, call) {
  const name = `${photo.file.name.replace(/\.\w+$/, "")}.${call.title.replace(/\W+/g, "-")}.${ending(blob)}`;
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Browsers copy PNG only. */
async function copyPicture(src) {
  const image = Object.assign(new Image(), { src });
  await image.decode();
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  canvas.getContext("2d").drawImage(image, 0, 0);
  const png = await canvas.convertToBlob({ type: "image/png" });
  await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
  return "Picture copied.";
}

async function copyCurl(call, query, photo) {
  const name = photo?.file.name ?? "photo.jpg";
  await navigator.clipboard.writeText(`curl --data-binary '@${name.replaceAll("'", "'\\''")}' '${at(call.path + query)}' -o result`);
  return "Command copied.";
}
