import { html, render, useEffect, useState } from "./preact.js";
import { Try } from "./try.js";
import { Calls } from "./calls.js";
import { Runs } from "./runs.js";
import { Buckets } from "./buckets.js";
import { Functions } from "./functions.js";
import { Messages } from "./messages.js";

const VIEWS = {
  try: ["Try", Try],
  calls: ["Calls", Calls],
  runs: ["Runs", Runs],
  buckets: ["Buckets", Buckets],
  functions: ["Functions", Functions],
  messages: ["Messages", Messages],
};

/** Where the page is: the view's name, and what is behind it. */
function place() {
  const [view, ...rest] = location.hash.slice(1).split("/").map(decoded);
  return { view: Object.hasOwn(VIEWS, view) ? view : "try", rest };
}

/** A part of the address, which anybody may have written. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const focusContent = () => document.querySelector("main").focus();

function Console() {
  const [{ view, rest }, setPlace] = useState(place);
  useEffect(() => addEventListener("hashchange", () => {
    setPlace(place());
    focusContent();
  }), []);
  useEffect(() => {
    document.title = `${VIEWS[view][0]} – image-functions`;
  }, [view]);
  const View = VIEWS[view][1];
  return html`
    <header>
      <a class="skip" href="#${view}" onClick=${event => { event.preventDefault(); focusContent(); }}>
        Skip to the content
      </a>
      <span class="brand"><img src="icon.svg" alt="" width="24" height="24" /> image-functions</span>
      <nav aria-label="Views">
        ${Object.entries(VIEWS).map(([name, [title]]) => html`
          <a key=${name} href="#${name}" aria-current=${name === view ? "page" : null}>${title}</a>`)}
      </nav>
    </header>
    <main tabindex="-1" id=${view} aria-labelledby="title"><${View} key=${view} rest=${rest} /></main>`;
}

render(html`<${Console} />`, document.body);
