// Records which sources the bundle was built from; a test compares the record with the sources, so that a stale bundle is found.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const files = ["index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.js", "record.mjs", "public/licences.txt", ...readdirSync("src").sort().map((name) => join("src", name))];
const lines = files.map((file) => {
  const text = readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  return `${createHash("sha256").update(text).digest("hex")}  ${file.replaceAll("\\", "/")}\n`;
});
writeFileSync("../bundle/sources.sha256", lines.join(""));
