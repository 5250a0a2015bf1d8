// sharp, one thread.
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

let sharp;
try {
  sharp = createRequire(process.cwd() + "/target/")("sharp");
} catch {
  console.log("missing: sharp (npm install --prefix tools/benchmarks/target sharp)");
  process.exit(1);
}
sharp.concurrency(1);
sharp.cache(false);

const jpeg = (image) => image.jpeg({ quality: 75 }).toBuffer();
const bw = (data) => jpeg(sharp(data).grayscale());
const transpose = (data) => jpeg(sharp(data).rotate(180));
const box = { width: 128, height: 128, fit: "inside", withoutEnlargement: true };
const thumbnail = (data) => jpeg(sharp(data).resize(box));
const draft = async (data) => {
  const { width, height } = await sharp(data).metadata();
  const scale = Math.max(...[1, 2, 4, 8].filter((s) => s <= Math.max(1, Math.min(width / 100, height / 100))));
  return jpeg(sharp(data).resize(Math.ceil(width / scale), Math.ceil(height / scale), { fit: "fill" }).grayscale());
};
const operations = {
  draft,
  thumbnail,
  bw,
  bw75: bw,
  transpose,
  transpose75: transpose,
  "one-pass": (data) => jpeg(sharp(data).rotate(180).resize(box).grayscale()),
  "three-steps": async (data) => thumbnail(await bw(await transpose(data))),
};

console.log("sharp " + sharp.versions.sharp);
const files = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const [operation, path, times] = line.split("\t");
  if (!operations[operation]) {
    console.log("-");
    continue;
  }
  if (!files.has(path)) {
    files.set(path, readFileSync(path));
  }
  const data = files.get(path);
  let size = 0;
  const start = process.cpuUsage();
  for (let i = 0; i < Number(times); i++) {
    size = (await operations[operation](data)).length;
  }
  const used = process.cpuUsage(start);
  console.log((used.user + used.system) / 1e6 + "\t" + size);
}
