// Searches by conditions in a document of the history.

import assert from "node:assert/strict";

const SEARCH = "FAIRtracks search";
const DOCUMENT = /blood.fairtracks.json$/;
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
    await story.picture("the form", { whole: true });
    await story.step("run", () => galaxy.run());
    await story.step("see the results turn green", () => galaxy.allGreen(...RESULTS));
    await story.step("read the table of hits", async () => {
      await galaxy.open("table of hits");
      const [titles, ...hits] = await galaxy.table();
      assert.deepEqual(titles.slice(0, 3), ["#local_id", "label", "cell_or_tissue"]);
      assert.equal(hits.length, 5);
      for (const cell of hits.map((hit) => hit[titles.indexOf("cell_or_tissue")])) {
        assert.match(cell, /monocyte|b cell/i);
      }
      const targets = new Set(hits.map((hit) => hit[titles.indexOf("target")]));
      assert.deepEqual([...targets], ["H3K4_trimethylation"]);
    });
    await story.picture("the table");
  });
}
