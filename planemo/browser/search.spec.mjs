// Searches by conditions in a document of the history.

import { expect, settings, test } from "./fixtures.mjs";
import { DOCUMENT, RESULTS, SEARCH, queryByConditions, readHits, readReport } from "./steps.mjs";

test("a document is searched by conditions, and the table of hits is read", async ({ galaxy, picture }) => {
  await galaxy.useHistory(settings.histories["Blood tracks"]);
  await test.step("open the form", () => galaxy.openForm(SEARCH));
  await test.step("choose the document", () => galaxy.pick("FAIRtracks document to search", DOCUMENT));
  await test.step("say the first condition", async () => {
    await queryByConditions(galaxy);
    await galaxy.pick("Attribute", "Target");
    await galaxy.pick("Comparison", "is");
    await galaxy.type("Value", "H3K4_trimethylation");
  });
  await test.step("say the second condition", async () => {
    await galaxy.press("Insert Condition");
    await galaxy.pick("Attribute", "Cell or tissue type", 1);
    await galaxy.pick("Comparison", "contains the text", 1);
    await galaxy.type("Value", "monocyte\nb cell", 1);
  });
  await picture("the form", { all: true });
  await test.step("run", () => galaxy.run());
  await test.step("see the results turn green", () => galaxy.allGreen(...RESULTS));
  await test.step("read the table of hits", async () => {
    const hits = await readHits(galaxy);
    expect(hits.length).toBe(5);
    for (const hit of hits) {
      expect(hit.cell_or_tissue).toMatch(/monocyte|b cell/i);
      expect(hit.target).toBe("H3K4_trimethylation");
    }
  });
  await picture("the table");
});

test("a document is searched in words, and the hits are read", async ({ galaxy }) => {
  await galaxy.useHistory(settings.histories["Blood tracks"]);
  await test.step("open the form", () => galaxy.openForm(SEARCH));
  await test.step("choose the document", () => galaxy.pick("FAIRtracks document to search", DOCUMENT));
  await test.step("say what is wanted", () => galaxy.type("Words to find", "monocyte DNase GRCh38 narrow peaks"));
  await test.step("run", () => galaxy.run());
  await test.step("see the results turn green", () => galaxy.allGreen(...RESULTS));
  await test.step("read the table of hits", async () => {
    const hits = await readHits(galaxy);
    expect(hits.map((hit) => hit.cell_or_tissue)).toEqual(["CD14-positive monocyte"]);
  });
  await galaxy.open("report");
  await readReport(galaxy, { heading: "FAIRtracks search", says: "of 62 in", titles: ["Cell or tissue type", "Tracks"] });
});
