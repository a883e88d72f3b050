// Catalogs, and searches by what they offer: hub, attribute and values, each list made by the choice before it.

import { settings, test } from "./fixtures.mjs";
import { CATALOG, DOCUMENT, RESULTS, SEARCH, pickAndFind, readReport } from "./steps.mjs";

const HISTORIES = { document: "A catalog", server: "A server" };
const LISTS = ["report", "catalog", "catalog for forms"].map((name) => new RegExp(`${CATALOG}.*: ${name}$`));

test("a document is listed, and the report of the catalog is read", async ({ galaxy, picture }) => {
  await galaxy.useHistory(settings.histories[HISTORIES.document]);
  await test.step("open the form", () => galaxy.openForm(CATALOG));
  await test.step("run", () => galaxy.run());
  await test.step("see the results turn green", () => galaxy.allGreen(...LISTS));
  await galaxy.open(LISTS[0]);
  await readReport(galaxy, { heading: "FAIRtracks catalog", says: "H3K4_trimethylation", titles: ["repository", "hub", "category", "attribute"] });
  await picture("the report", { all: true });
});

test("values are picked from the catalog of a document, and found in it", async ({ galaxy, picture }) => {
  await galaxy.useHistory(settings.histories[HISTORIES.document]);
  await test.step("open the form", () => galaxy.openForm(SEARCH));
  await test.step("choose the document", () => galaxy.pick("FAIRtracks document to search", DOCUMENT));
  await pickAndFind(galaxy, picture, "example / Blood for tests");
});

test("a server is listed and counted, values are picked from its catalog, and found on it", async ({ galaxy, picture }) => {
  await galaxy.useHistory(settings.histories[HISTORIES.server]);
  await test.step("open the form", () => galaxy.openForm(CATALOG));
  await test.step("choose the server", async () => {
    await galaxy.pick("List the content of", "A TrackFind server");
    await galaxy.pick("Server", "Example TrackFind");
    await galaxy.turn("Count the tracks of each value");
  });
  await test.step("run", () => galaxy.run());
  await test.step("see the results turn green", () => galaxy.allGreen(...LISTS));
  await test.step("open the form of the search", () => galaxy.openForm(SEARCH));
  await test.step("choose the server", async () => {
    await galaxy.pick("Search in", "A TrackFind server");
    await galaxy.pick("Server", "Example TrackFind");
  });
  await pickAndFind(galaxy, picture, "Example / Blood");
});
