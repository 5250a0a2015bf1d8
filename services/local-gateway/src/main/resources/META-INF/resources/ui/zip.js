const MOST_ENTRIES = 100;
const MOST_BYTES = 64e6;
const TYPES = {
  jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", gif: "image/gif", webp: "image/webp", bmp: "image/bmp", tif: "image/tiff",
  tiff: "image/tiff", txt: "text/plain", json: "application/json",
};

export const isZip = file => /^application\/(x-)?zip/.test(file.type) || /\.zip$/i.test(file.name ?? "");

/** The files of a zip, as many and as large ones as a page can show, and the number of the others: {files, left}. */
export async function unzip(zip) {
  const bytes = new DataView(await zip.arrayBuffer());
  const entries = [...directory(bytes)];
  const files = [];
  let room = MOST_BYTES;
  for (const entry of entries) {
    if (files.length === MOST_ENTRIES) break;
    const file = await content(zip, bytes, entry, room);
    if (!file) break;
    room -= file.size;
    files.push(file);
  }
  return { files, left: entries.length - files.length };
}

/** The entries of its central directory (APPNOTE 4.3.12), but for folders. */
function* directory(bytes) {
  let end = bytes.byteLength - 22;
  while (end >= 0 && bytes.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new Error("What calls itself a zip is none.");
  let at = bytes.getUint32(end + 16, true);
  for (let count = bytes.getUint16(end + 10, true); count > 0; count--) {
    const nameLength = bytes.getUint16(at + 28, true);
    const name = new TextDecoder().decode(new Uint8Array(bytes.buffer, at + 46, nameLength));
    if (!name.endsWith("/")) {
      yield {
        name,
        deflated: bytes.getUint16(at + 10, true) === 8,
        packed: bytes.getUint32(at + 20, true),
        header: bytes.getUint32(at + 42, true),
      };
    }
    at += 46 + nameLength + bytes.getUint16(at + 30, true) + bytes.getUint16(at + 32, true);
  }
}

/** An entry, if there is room for it: counted as it comes, since a zip may say anything of its length. */
async function content(zip, bytes, { name, deflated, packed, header }, room) {
  const start = header + 30 + bytes.getUint16(header + 26, true) + bytes.getUint16(header + 28, true);
  const part = zip.slice(start, start + packed);
  const type = TYPES[name.split(".").pop().toLowerCase()] ?? "application/octet-stream";
  const plain = deflated ? part.stream().pipeThrough(new DecompressionStream("deflate-raw")) : part.stream();
  const reader = plain.getReader();
  const parts = [];
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    room -= part.value.length;
    if (room < 0) {
      await reader.cancel();
      return null;
    }
    parts.push(part.value);
  }
  return new File(parts, name, { type });
}
