// Searches on a TrackFind server that answers.

import { expect, settings, test } from "./fixtures.mjs";
import { RESULTS, askForTarget, openServerForm, readHits } from "./steps.mjs";

const LISTED = ["Example / Blood (62 tracks)", "Example / H1 (4 tracks)"];

test("a hub is chosen from the list of a server, and searched", async ({ galaxy, picture }) => {
  await openServerForm(galaxy);
  await test.step("see the hubs that the server has", async () => {
    await galaxy.pick("Repository and hub", "Choose from a list");
    expect(await galaxy.offered("Repository or hub")).toEqual(LISTED);
  });
  await test.step("choose one", () => galaxy.pick("Repository or hub", LISTED[0]));
  await askForTarget(galaxy);
  await picture("the form", { all: true });
  await test.step("run", () => galaxy.run());
  await test.step("see the results turn green", () => galaxy.allGreen(...RESULTS));
  await test.step("read the table of hits", async () => {
    const hits = await readHits(galaxy);
    expect([hits.length, [...new Set(hits.map((hit) => hit.target))]]).toEqual([12, ["H3K4_trimethylation"]]);
  });
});
