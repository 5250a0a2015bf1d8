import { ask } from "./api.js";

/** The server's figures: [{name, labels, value}], as Prometheus reads them. */
export async function figures() {
  const text = await (await ask("metrics")).text();
  return [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name, labels, value]) => ({
    name,
    labels: Object.fromEntries([...(labels ?? "").matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key, text])),
    value: Number(value),
  }));
}

/** The sum of a figure over all whose labels are right. */
export const sum = (all, name, right = () => true) =>
  all.filter(figure => figure.name === name && right(figure.labels)).reduce((total, figure) => total + figure.value, 0);

/** Below which time this part of the calls was answered, interpolated within a bucket of the histogram as Prometheus does. */
export function quantile(all, name, part, right) {
  const counts = new Map();
  for (const { labels, value } of all.filter(figure => figure.name === name + "_bucket" && right(figure.labels))) {
    const bound = labels.le === "+Inf" ? Infinity : Number(labels.le);
    counts.set(bound, (counts.get(bound) ?? 0) + value);
  }
  const buckets = [...counts].sort(([one], [other]) => one - other);
  const wanted = part * (buckets.at(-1)?.[1] ?? 0);
  if (!wanted) return null;
  const index = buckets.findIndex(([, count]) => count >= wanted);
  const [from, before] = buckets[index - 1] ?? [0, 0];
  const [to, count] = buckets[index];
  return to === Infinity ? from : from + (to - from) * (wanted - before) / (count - before);
}
