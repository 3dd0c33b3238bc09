// Arrays of Zarr 3 of several packings: node make_zarr3.mjs FOLDER, where FOLDER has node_modules/zarrita, in this folder.
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import path from "node:path";
import { gzipSync } from "node:zlib";

const modules = path.resolve(process.argv[2], "node_modules");
const entry = (name, file) => pathToFileURL(path.join(modules, name, file)).href;
const zarr = await import(entry("zarrita", "dist/src/index.js"));
const { default: FileSystemStore } = await import(entry("@zarrita/storage", "dist/src/fs.js"));

const shape = [2, 20, 30];
rmSync("codecs3.zarr", { recursive: true, force: true });
const root = zarr.root(new FileSystemStore(path.resolve("codecs3.zarr")));
await zarr.create(root, {});
const bytes = (endian) => ({ name: "bytes", configuration: { endian } });
const kinds = { uint8: [Uint8Array, 251], uint16: [Uint16Array, 60000], int32: [Int32Array, 400], float32: [Float32Array, 400] };

async function make(name, dtype, codecs, more = {}) {
  const array = await zarr.create(root.resolve(name), { shape, chunkShape: [2, 16, 16], dtype, codecs, fillValue: 0, ...more });
  const [kind, most] = kinds[dtype];
  const data = kind.from({ length: 1200 }, (_, index) => Math.floor(index / 3) % most);
  await zarr.set(array, null, { data, shape, stride: [600, 30, 1] });
}

await make("plain", "uint16", [bytes("little")]);
await make("big", "uint16", [bytes("big")]);
await make("float", "float32", [bytes("little"), { name: "zstd", configuration: { level: 2 } }]);
await make("byte", "uint8", [bytes("little")]);
await make("zstd", "int32", [bytes("little"), { name: "zstd", configuration: { level: 3 } }]);
await make("blosc", "uint16", [bytes("little"), { name: "blosc", configuration: { cname: "lz4", clevel: 5, shuffle: "shuffle", typesize: 2, blocksize: 0 } }]);
await make("transposed", "uint16", [{ name: "transpose", configuration: { order: [1, 2, 0] } }, bytes("little"), { name: "zstd", configuration: { level: 1 } }]);
await make("dots", "uint16", [bytes("little")], { chunkSeparator: "." });

// A shard of four chunks, one of which is left out, put together by hand after the specification and read back by zarrita.
function crc32c(buffer) {
  let sum = 0xffffffff;
  for (const byte of buffer) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0x82f63b78 : sum >>> 1;
  }
  return ~sum >>> 0;
}

// What zarrita reads but does not pack is packed here, then read back by it.
async function repack(name, codec, pack) {
  await make(name, "uint16", [bytes("little")]);
  const meta = JSON.parse(readFileSync(`codecs3.zarr/${name}/zarr.json`));
  meta.codecs.push(codec);
  writeFileSync(`codecs3.zarr/${name}/zarr.json`, JSON.stringify(meta));
  for (const [y, x] of [[0, 0], [0, 1], [1, 0], [1, 1]]) {
    const file = `codecs3.zarr/${name}/c/0/${y}/${x}`;
    writeFileSync(file, pack(readFileSync(file)));
  }
  const read = await zarr.get(await zarr.open(root.resolve(name), { kind: "array" }), null);
  for (let voxel = 0; voxel < 1200; voxel++) if (read.data[voxel] !== Math.floor(voxel / 3)) throw new Error(`${name}: voxel ${voxel}`);
}

await repack("gzip", { name: "gzip", configuration: { level: 5 } }, (raw) => gzipSync(raw));
await repack("checked", { name: "crc32c" }, (raw) => {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32c(raw));
  return Buffer.concat([raw, sum]);
});

async function shard(name, index_location) {
  const inner = { chunk_shape: [2, 16, 16], codecs: [bytes("little")], index_codecs: [bytes("little"), { name: "crc32c" }], index_location };
  const array = await zarr.create(root.resolve(name), { shape, chunkShape: [2, 32, 32], dtype: "uint16", fillValue: 3, codecs: [{ name: "sharding_indexed", configuration: inner }] });
  const index = Buffer.alloc(4 * 16 + 4, 0xff);
  const chunks = [];
  for (let chunk = 0; chunk < 3; chunk++) {
    const data = new Uint16Array(512);
    for (let z = 0; z < 2; z++) for (let y = 0; y < 16; y++) for (let x = 0; x < 16; x++)
      data[z * 256 + y * 16 + x] = Math.floor((z * 600 + ((chunk >> 1) * 16 + y) * 30 + (chunk & 1) * 16 + x) / 3);
    index.writeBigUInt64LE(BigInt((index_location === "start" ? index.length : 0) + chunk * 1024), chunk * 16);
    index.writeBigUInt64LE(1024n, chunk * 16 + 8);
    chunks.push(Buffer.from(data.buffer));
  }
  index.writeUInt32LE(crc32c(index.subarray(0, 64)), 64);
  mkdirSync(`codecs3.zarr/${name}/c/0/0`, { recursive: true });
  writeFileSync(`codecs3.zarr/${name}/c/0/0/0`, Buffer.concat(index_location === "start" ? [index, ...chunks] : [...chunks, index]));
  if (index_location === "start") return; // zarrita 0.7.5 looks for the index at the end alone
  const read = await zarr.get(array, null);
  for (let voxel = 0; voxel < 1200; voxel++) {
    const [y, x] = [Math.floor(voxel / 30) % 20, voxel % 30];
    const expected = y >= 16 && x >= 16 ? 3 : Math.floor(voxel / 3);
    if (read.data[voxel] !== expected) throw new Error(`${name}: voxel ${voxel} is ${read.data[voxel]}, not ${expected}`);
  }
}

await shard("sharded", "end");
await shard("sharded_start", "start");
const version = JSON.parse(readFileSync(path.join(modules, "zarrita", "package.json"))).version;
appendFileSync("made_by.txt", `# codecs3.zarr: make_zarr3.mjs with zarrita ${version}\n`);
