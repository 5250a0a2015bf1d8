import { html, useEffect, useRef, useState } from "./preact.js";

/** What went wrong, read out by screen readers; nothing if nothing did. */
export const Problem = ({ text }) => html`<p class="problem" role="alert">${text}</p>`;

/** What was done, read out when it changes. */
export const Said = ({ text }) => html`<p class="said" role="status">${text}</p>`;

/** Buttons of which one is pressed. */
export const Choice = ({ label, options, chosen, choose }) => html`
  <div class="choice" role="group" aria-label=${label}>
    ${options.map(option => html`
      <button key=${option} type="button" aria-pressed=${String(option === chosen)} onClick=${() => choose(option)}>${option}</button>`)}
  </div>`;

/** Turns pages: each is known by what it begins behind. */
export const Pages = ({ pages, next, turn, order }) => (next || pages.length > 1) && html`
  <div class="pages">
    <button type="button" disabled=${pages.length === 1} onClick=${() => turn(pages.slice(0, -1))}>Previous</button>
    <button type="button" disabled=${!next} onClick=${() => turn([...pages, next])}>Next</button>
    ${order && html`<span class="soft">${order}</span>`}
  </div>`;

export const Figure = ({ name, value, bad }) => html`
  <div class="figure ${bad ? "bad" : ""}"><dt>${name}</dt><dd>${value}</dd></div>`;

/** Something does its work when it is pressed, and says what became of it. */
export function Action({ title, label, run, done }) {
  const [working, setWorking] = useState(false);
  const press = async () => {
    setWorking(true);
    try {
      done(await run());
    } catch (failure) {
      done(failure.message);
    }
    setWorking(false);
  };
  return html`<button type="button" aria-label=${label} disabled=${working} onClick=${press}>${title}</button>`;
}

/** Pictures side by side, large. */
export function Comparison({ pictures, close }) {
  const dialog = useRef();
  useEffect(() => dialog.current.showModal(), []);
  return html`
    <dialog ref=${dialog} onClose=${close} aria-label="Compared" class="comparison">
      <div class="beside">
        ${pictures.map(({ title, src }) => html`
          <figure key=${title}><img src=${src} alt=${title} /><figcaption>${title}</figcaption></figure>`)}
      </div>
      <button type="button" onClick=${() => dialog.current.close()}>Close</button>
    </dialog>`;
}
