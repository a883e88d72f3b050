// Results come back as a sample sheet: the names of a template, and the metadata of their tracks as columns.

import { expect, settings, test } from "./fixtures.mjs";

const FOLLOW = "FAIRtracks follow";
const SHEET = /^3 results: sample sheet$/;

test("results come back as a sample sheet, and its columns are read", async ({ galaxy, picture }) => {
  await galaxy.useHistory(settings.histories["Sorted tracks"]);
  await test.step("open the form", () => galaxy.openForm(FOLLOW));
  await test.step("ask for a sample sheet", () => galaxy.pick("Also output the results as a sample sheet", "Yes"));
  await test.step("say how its elements are named", () => galaxy.type("Template of the names", "{cell_or_tissue} {target} {identifier}"));
  await picture("the form", { all: true });
  await test.step("run", () => galaxy.run());
  await test.step("see the report turn green", () => galaxy.allGreen(new RegExp(`${FOLLOW}.*: report$`)));
  await test.step("see the sample sheet turn green", () => galaxy.allGreen(SHEET));
  await test.step("open the sample sheet", () => galaxy.openSheet(SHEET));
  await test.step("read its columns", async () => {
    const tracks = await galaxy.column("local_id");
    expect(tracks.sort()).toEqual(["example_cells_dnase", "example_cells_h3k27me3", "example_cells_h3k4me3"]);
    expect(await galaxy.column("cell_or_tissue")).toEqual(["K562", "K562", "K562"]);
  });
  await picture("the sample sheet");
});
