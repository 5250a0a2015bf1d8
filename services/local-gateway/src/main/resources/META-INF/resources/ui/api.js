import { useEffect, useState } from "./preact.js";

/** The address of something at this server, wherever a proxy has put it. */
export const at = path => new URL("../" + path, location.origin + location.pathname);

/** The answer, unless it is an error: then that is thrown in the server's own words. */
export async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(at(path), options);
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new Error("The server cannot be reached.");
  }
  if (!answer.ok) throw new Error(await words(answer));
  return answer;
}

/** What an answer that is an error says. */
async function words(answer) {
  const type = answer.headers.get("Content-Type") ?? "";
  const text = await answer.text();
  const problem = type.includes("json") ? JSON.parse(text) : {};
  return problem.stepText ? `Step ${problem.step}: ${detail(problem.stepText)}` : detail(text) || `HTTP ${answer.status}`;
}

/** What a text says: of a problem, its detail. */
export function detail(text) {
  try {
    return String(JSON.parse(text).detail ?? text).slice(0, 500);
  } catch {
    return text.trim().slice(0, 500);
  }
}

export const json = async (path, options) => (await ask(path, options)).json();

/** What an address answers, asked for again and again as long as the page is seen: [answer, error, ask again]. */
export function usePolled(load, seconds, inputs = []) {
  const [state, setState] = useState([null, null]);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let over = false;
    let timer;
    const next = async () => {
      if (!document.hidden) {
        try {
          const loaded = await load();
          if (!over) setState([loaded, null]);
        } catch (failure) {
          if (!over) setState(([before]) => [before, failure.message]);
        }
      }
      if (!over) timer = setTimeout(next, seconds * 1000);
    };
    next();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [round, ...inputs]);
  return [...state, () => setRound(round => round + 1)];
}
