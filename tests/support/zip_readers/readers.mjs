// Reads archives with JSZip, which the reader of crates in Galaxy's upload dialog uses; prints a line of JSON for each.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { argv } from "node:process";

const JSZip = createRequire(import.meta.url)(argv[2]);

for (const path of readFileSync(argv[3], "utf8").split("\n")) {
  let found;
  try {
    const archive = await JSZip.loadAsync(readFileSync(path));
    const files = {};
    for (const [name, entry] of Object.entries(archive.files)) {
      if (!entry.dir) {
        files[name] = createHash("sha256").update(await entry.async("nodebuffer")).digest("hex");
      }
    }
    found = { files };
  } catch (error) {
    found = { refused: String(error) };
  }
  console.log(JSON.stringify(found));
}
