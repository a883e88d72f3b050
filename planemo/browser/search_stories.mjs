// Searches by conditions in a document of the history.

import assert from "node:assert/strict";

export const SEARCH = "FAIRtracks search";
export const DOCUMENT = /blood.fairtracks.json$/;
export const RESULTS = ["document of hits", "table of hits", "GSuite"];

export function tellOfSearches(stage) {
  stage.story("a document is searched by conditions, and the table of hits is read", async (galaxy, story) => {
    await galaxy.useHistory(stage.settings.histories["Blood tracks"]);
    await story.step("open the form", () => galaxy.openForm(SEARCH));
    await story.step("choose the document", () => galaxy.pick("FAIRtracks document to search", DOCUMENT));
    await story.step("say the first condition", async () => {
      await galaxy.pick("Attribute", "Target");
      await galaxy.pick("Comparison", "is");
      await galaxy.type("Value", "H3K4_trimethylation");
    });
    await story.step("say the second condition", async () => {
      await galaxy.press("Insert Condition");
      await galaxy.pick("Attribute", "Cell or tissue type", 1);
      await galaxy.pick("Comparison", "contains", 1);
      await galaxy.type("Value", "monocyte\nb cell", 1);
    });
    await story.picture("the form", { all: true });
    await story.step("run", () => galaxy.run());
    await story.step("see the results turn green", () => galaxy.allGreen(...RESULTS));
    await story.step("read the table of hits", async () => {
      const hits = await readHits(galaxy);
      assert.equal(hits.length, 5);
      for (const hit of hits) {
        assert.match(hit.cell_or_tissue, /monocyte|b cell/i);
        assert.equal(hit.target, "H3K4_trimethylation");
      }
    });
    await story.picture("the table");
  });
}

// The hits in the table of the newest search, by the titles of its columns.
export async function readHits(galaxy) {
  await galaxy.open("table of hits");
  const [titles, ...rows] = await galaxy.table("#local_id");
  assert.deepEqual(titles.slice(0, 3), ["#local_id", "label", "cell_or_tissue"]);
  return rows.map((row) => Object.fromEntries(row.map((cell, place) => [titles[place], cell])));
}
