// What several stories do.

import { expect, settings, test } from "./fixtures.mjs";

export const SEARCH = "FAIRtracks search";
export const CATALOG = "FAIRtracks catalog";
export const AUDIT = "FAIRtracks audit";
export const DOCUMENT = /blood.fairtracks.json$/;
export const RESULTS = ["report", "table of hits", "document of hits"];
// The value that most tracks have, by the labels of attributes.
const MOST = {
  "Target (9 values)": /^DNaseI_hypersensitive_site \(\d+ tracks\)/,
  "Cell or tissue type (14 values)": /^CD4-positive, alpha-beta T cell \(\d+ tracks\)/,
};
const CELLS = ["K562 (6 tracks)", "erythroblast (6 tracks) · normoblast, nucleated red blood cell"];

// Reads what every report has: a heading, a sentence, tables with titles; and pictures, if it has any. Of several tables that have
// the first title, `of` is a title of the one that is meant.
export async function readReport(galaxy, { heading, says, titles, of = titles[0], pictured }) {
  await test.step("see its heading and what it says", async () => {
    await galaxy.page.getByRole("heading", { name: heading, exact: true }).waitFor();
    await galaxy.page.getByText(says).first().waitFor();
  });
  await test.step("see the titles of its table", async () => {
    const [shown, ...rows] = await galaxy.table(of);
    expect(shown.slice(0, titles.length)).toEqual(titles);
    expect(rows.length, "the table has no rows").not.toBe(0);
  });
  if (pictured) {
    await test.step("see its picture", () => galaxy.picturesAreShown());
  }
  await test.step("see that nothing is wrong with it", async () => {
    expect(await galaxy.complaints(), "Galaxy cannot show a part of the report").toEqual([]);
    expect(await galaxy.cutTexts(), "texts that stand over the edge of the report").toEqual([]);
  });
}

// The hits in the table of the newest search, by the titles of its columns.
export async function readHits(galaxy) {
  await galaxy.open("table of hits");
  const [titles, ...rows] = await galaxy.table("#local_id");
  expect(titles.slice(0, 3)).toEqual(["#local_id", "label", "cell_or_tissue"]);
  return rows.map((row) => Object.fromEntries(row.map((cell, place) => [titles[place], cell])));
}

// Fills in the part of the search form that a catalog feeds, runs, and reads the hits.
export async function pickAndFind(galaxy, picture, hub) {
  await test.step("choose the catalog", async () => {
    await galaxy.pick("Query by", "Values picked from a catalog in the history");
    await galaxy.pick("Catalog", /: catalog for forms$/);
  });
  await test.step("choose the hub", () => galaxy.pick("Hub of the catalog", hub));
  await test.step("have a condition", async () => {
    if ((await galaxy.items("Condition")) === 0) {
      await galaxy.press("Insert Condition");
    }
  });
  await test.step("see that the values follow the attribute", async () => {
    for (const [attribute, most] of Object.entries(MOST)) {
      await galaxy.pick("Attribute", attribute);
      const [first] = [...(await galaxy.picked("Values")), ...(await galaxy.offered("Values"))];
      expect(first).toMatch(most);
    }
  });
  await test.step("pick two values", () => galaxy.pickOnly("Values", CELLS));
  await picture("the form", { all: true });
  await test.step("run", () => galaxy.run());
  await test.step("see the results turn green", () => galaxy.allGreen(...RESULTS));
  await test.step("read the table of hits, as many as the labels say", async () => {
    const hits = await readHits(galaxy);
    expect(hits.length).toBe(12);
    expect([...new Set(hits.map((hit) => hit.cell_or_tissue))].sort()).toEqual(["K562", "erythroblast"]);
  });
}

// Opens the form of the search, and chooses the server.
export async function openServerForm(galaxy) {
  await galaxy.useHistory(settings.histories["A server"]);
  await test.step("open the form", () => galaxy.openForm(SEARCH));
  await test.step("choose a server", async () => {
    await galaxy.pick("Search in", "A TrackFind server");
    await galaxy.pick("Server", "Example TrackFind");
  });
}

// Has the first condition in the form, which Galaxy leaves out where the mode was not the first one.
export async function queryByConditions(galaxy) {
  await galaxy.pick("Query by", "Conditions on attributes");
  if ((await galaxy.items("Condition")) === 0) {
    await galaxy.press("Insert Condition");
  }
}

export function askForTarget(galaxy) {
  return test.step("ask for a target", async () => {
    await queryByConditions(galaxy);
    await galaxy.pick("Attribute", "Target");
    await galaxy.pick("Comparison", "is");
    await galaxy.type("Value", "H3K4_trimethylation");
  });
}
