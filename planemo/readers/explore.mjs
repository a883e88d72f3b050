// Opens crates with the library of Galaxy's upload dialog; prints how many entities each has.

import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import { argv } from "node:process";

import { ROCrateZipExplorer } from "ro-crate-zip-explorer";

// The library is made for browsers; of what only they have it uses this alone.
globalThis.FileReader = class {
  readAsArrayBuffer(blob) {
    blob.arrayBuffer().then(
      (bytes) => {
        this.result = bytes;
        this.onload?.({ target: this });
      },
      (error) => this.onerror?.(error),
    );
  }
};

for (const path of argv.slice(2)) {
  let found;
  try {
    const file = new File([await openAsBlob(path)], basename(path));
    const explorer = new ROCrateZipExplorer(file);
    await explorer.open();
    await explorer.extractMetadata();
    found = { entities: explorer.crate.graphSize };
    for (const [name, entry] of explorer.entries) {
      if (entry.type === "File") {
        const bytes = await explorer.getFileContents(entry);
        if (bytes.length !== entry.fileSize) {
          throw new Error(`${name}: ${bytes.length} bytes, expected ${entry.fileSize}`);
        }
      }
    }
  } catch (error) {
    found = { trouble: String(error) };
  }
  console.log(JSON.stringify({ path, ...found }));
}
