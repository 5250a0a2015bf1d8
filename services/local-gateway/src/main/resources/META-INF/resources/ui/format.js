export function size(bytes) {
  if (bytes < 1000) return bytes + " B";
  return bytes < 1e6 ? (bytes / 1e3).toFixed(1) + " kB" : (bytes / 1e6).toFixed(1) + " MB";
}

export function duration(seconds) {
  if (seconds === 0) return onOneLine("0 s");
  if (seconds < 0.0095) return onOneLine((seconds * 1000).toFixed(1) + " ms");
  if (seconds < 1) return onOneLine(Math.round(seconds * 1000) + " ms");
  return onOneLine(seconds < 120 ? seconds.toFixed(seconds < 10 ? 2 : 0) + " s" : Math.round(seconds / 60) + " min");
}

/** The time of a day, with its date if that is not today. */
export function when(instant) {
  const date = new Date(instant);
  const today = new Date().toDateString() === date.toDateString();
  return onOneLine(today ? date.toLocaleTimeString() : date.toLocaleString());
}

const onOneLine = text => text.replaceAll(" ", "\u00a0");

export const plural = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;
