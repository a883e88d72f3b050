// Catalogs, and searches by what they offer: hub, attribute and values, each list made by the choice before it.

import assert from "node:assert/strict";

import { readReport } from "./report_stories.mjs";
import { DOCUMENT, RESULTS, SEARCH, readHits } from "./search_stories.mjs";

const CATALOG = "FAIRtracks catalog";
const HISTORIES = { document: "A catalog", server: "A server" };
const LISTS = ["report", "catalog", "catalog for forms"].map((name) => new RegExp(`${CATALOG}.*: ${name}$`));
// The value that most tracks have, by the labels of attributes.
const MOST = {
  "Target (9 values)": /^DNaseI_hypersensitive_site \(\d+ tracks\)$/,
  "Cell or tissue type (14 values)": /^CD4-positive, alpha-beta T cell \(\d+ tracks\)$/,
};
const CELLS = ["K562 (6 tracks)", "erythroblast (6 tracks)"];

export function tellOfCatalogs(stage) {
  stage.story("a document is listed, and the report of the catalog is read", async (galaxy, story) => {
    await galaxy.useHistory(stage.settings.histories[HISTORIES.document]);
    await story.step("open the form", () => galaxy.openForm(CATALOG));
    await story.step("run", () => galaxy.run());
    await story.step("see the results turn green", () => galaxy.allGreen(...LISTS));
    await galaxy.open(LISTS[0]);
    await readReport(galaxy, story, { heading: "FAIRtracks catalog", says: "H3K4_trimethylation", titles: ["repository", "hub", "category", "attribute"] });
    await story.picture("the report", { all: true });
  });

  stage.story("values are picked from the catalog of a document, and found in it", async (galaxy, story) => {
    await galaxy.useHistory(stage.settings.histories[HISTORIES.document]);
    await story.step("open the form", () => galaxy.openForm(SEARCH));
    await story.step("choose the document", () => galaxy.pick("FAIRtracks document to search", DOCUMENT));
    await pickAndFind(galaxy, story, "example / Blood for tests");
  });

  stage.story("a server is listed and counted, values are picked from its catalog, and found on it", async (galaxy, story) => {
    await galaxy.useHistory(stage.settings.histories[HISTORIES.server]);
    await story.step("open the form", () => galaxy.openForm(CATALOG));
    await story.step("choose the server", async () => {
      await galaxy.pick("List the content of", "A TrackFind server");
      await galaxy.pick("Server", "Example TrackFind");
      await galaxy.turn("Count the tracks of each value");
    });
    await story.step("run", () => galaxy.run());
    await story.step("see the results turn green", () => galaxy.allGreen(...LISTS));
    await story.step("open the form of the search", () => galaxy.openForm(SEARCH));
    await story.step("choose the server", async () => {
      await galaxy.pick("Search in", "A TrackFind server");
      await galaxy.pick("Server", "Example TrackFind");
    });
    await pickAndFind(galaxy, story, "Example / Blood");
  });
}

export function tellOfCatalogsInSilence(stage) {
  stage.story("with the server stopped, values are picked from the catalog of a document, and found in it", async (galaxy, story) => {
    await galaxy.useHistory(stage.settings.histories[HISTORIES.document]);
    await story.step("open the form", () => galaxy.openForm(SEARCH));
    await story.step("choose the document", () => galaxy.pick("FAIRtracks document to search", DOCUMENT));
    await pickAndFind(galaxy, story, "example / Blood for tests");
  });
}

// Fills in the part of the search form that a catalog feeds, runs, and reads the hits.
async function pickAndFind(galaxy, story, hub) {
  await story.step("choose the catalog", async () => {
    await galaxy.pick("Query by", "Values picked from a catalog");
    await galaxy.pick("Catalog", /: catalog for forms$/);
  });
  await story.step("choose the hub", () => galaxy.pick("Hub of the catalog", hub));
  await story.step("have a condition", async () => {
    if ((await galaxy.items("Condition")) === 0) {
      await galaxy.press("Insert Condition");
    }
  });
  await story.step("see that the values follow the attribute", async () => {
    for (const [attribute, most] of Object.entries(MOST)) {
      await galaxy.pick("Attribute", attribute);
      const [first] = [...(await galaxy.picked("Values")), ...(await galaxy.offered("Values"))];
      assert.match(first, most);
    }
  });
  await story.step("pick two values", () => galaxy.pickOnly("Values", CELLS));
  await story.picture("the form", { all: true });
  await story.step("run", () => galaxy.run());
  await story.step("see the results turn green", () => galaxy.allGreen(...RESULTS));
  await story.step("read the table of hits, as many as the labels say", async () => {
    const hits = await readHits(galaxy);
    assert.equal(hits.length, 12);
    assert.deepEqual([...new Set(hits.map((hit) => hit.cell_or_tissue))].sort(), ["K562", "erythroblast"]);
  });
}
