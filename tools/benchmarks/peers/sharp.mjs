// sharp, one thread.
import { createInterface } from "node:readline";
import { readFileSync, writeFileSync } from "node:fs";
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
const into = (box) => ({ width: box, height: box, fit: "inside", withoutEnlargement: true });
const thumbnail = (box, data) => jpeg(sharp(data).resize(into(box)));
const draft = async (data) => {
  const { width, height } = await sharp(data).metadata();
  const scale = Math.max(...[1, 2, 4, 8].filter((s) => s <= Math.max(1, Math.min(width / 100, height / 100))));
  return jpeg(sharp(data).resize(Math.ceil(width / scale), Math.ceil(height / scale), { fit: "fill" }).grayscale());
};
const operations = {
  draft,
  bw,
  bw75: bw,
  transpose,
  transpose75: transpose,
  "one-pass": (data) => jpeg(sharp(data).rotate(180).resize(into(128)).grayscale()),
  "three-steps": async (data) => thumbnail(128, await bw(await transpose(data))),
  "eight-sizes": async (data) => {
    let last;
    for (const box of [128, 192, 256, 384, 512, 768, 1024, 1600]) {
      last = await thumbnail(box, data);
    }
    return last;
  },
};
for (const box of [128, 256, 512, 1024, 1600]) {
  operations["thumbnail" + box] = (data) => thumbnail(box, data);
}

console.log("sharp " + sharp.versions.sharp);
const files = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const [operation, path, times, resultPath] = line.split("\t");
  if (!operations[operation]) {
    console.log("-");
    continue;
  }
  if (!files.has(path)) {
    files.set(path, readFileSync(path));
  }
  const data = files.get(path);
  let result;
  const start = process.cpuUsage();
  for (let i = 0; i < Number(times); i++) {
    result = await operations[operation](data);
  }
  const used = process.cpuUsage(start);
  if (resultPath) {
    writeFileSync(resultPath, result);
  }
  console.log((used.user + used.system) / 1e6);
}
