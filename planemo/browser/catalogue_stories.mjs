// Searches by what a catalogue offers: hub, attribute and values, each list made by the choice before it.

import assert from "node:assert/strict";

import { DOCUMENT, RESULTS, SEARCH, readHits } from "./search_stories.mjs";

const HISTORY = "A catalogue";
const CATALOGUE = /catalogue.tabular$/;
const HUB = "Example / Blood";
const CELLS = ["K562 (6 tracks)", "erythroblast (6 tracks)"];

export function tellOfCatalogues(stage) {
  stage.story("values are picked from a catalogue, and found", async (galaxy, story) => {
    await galaxy.useHistory(stage.settings.histories[HISTORY]);
    await story.step("open the form", () => galaxy.openForm(SEARCH));
    await story.step("choose the document", () => galaxy.pick("FAIRtracks document to search", DOCUMENT));
    await story.step("choose the catalogue", async () => {
      await galaxy.pick("Ask by", "Values picked from a catalogue");
      await galaxy.pick("Catalogue", CATALOGUE);
    });
    await story.step("choose the hub", () => galaxy.pick("Hub", HUB));
    await story.step("see that values follow the attribute", async () => {
      await galaxy.pick("Attribute", "Target (9 values)");
      assert.deepEqual((await galaxy.offered("Values")).slice(0, 2), ["DNaseI_hypersensitive_site (30 tracks)", "H3K4_trimethylation (12 tracks)"]);
      await galaxy.pick("Attribute", "Cell or tissue type (7 values)");
      assert.equal((await galaxy.offered("Values"))[0], "CD4-positive, alpha-beta T cell (9 tracks)");
    });
    await story.step("pick two values", async () => {
      for (const cell of CELLS) {
        await galaxy.pick("Values", cell);
      }
      assert.deepEqual(await galaxy.picked("Values"), CELLS);
    });
    await story.picture("the form", { whole: true });
    await story.step("run", () => galaxy.run());
    await story.step("see the results turn green", () => galaxy.allGreen(...RESULTS));
    await story.step("read the table of hits, as many as the labels say", async () => {
      const hits = await readHits(galaxy);
      assert.equal(hits.length, 12);
      assert.deepEqual([...new Set(hits.map((hit) => hit.cell_or_tissue))].sort(), ["K562", "erythroblast"]);
    });
  });
}
