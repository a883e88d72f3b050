// What users do while the TrackFind server is stopped.

import { expect, settings, test } from "./fixtures.mjs";
import { DOCUMENT, RESULTS, SEARCH, askForTarget, openServerForm, pickAndFind, readHits } from "./steps.mjs";

test("with the server stopped, a document is searched", async ({ galaxy, picture }) => {
  await galaxy.useHistory(settings.histories["A server"]);
  await test.step("open the form", () => galaxy.openForm(SEARCH));
  await test.step("choose the document", () => galaxy.pick("FAIRtracks document to search", DOCUMENT));
  await askForTarget(galaxy);
  await test.step("run", () => galaxy.run());
  await test.step("see the results turn green", () => galaxy.allGreen(...RESULTS));
  await test.step("read the table of hits", async () => expect((await readHits(galaxy)).length).toBe(12));
});

test("with the server stopped, the form says that there is no list, and the search why it failed", async ({ galaxy, picture }) => {
  await openServerForm(galaxy);
  await test.step("see that there is no list", async () => {
    await galaxy.pick("Repository and hub", "Choose from a list");
    await galaxy.page.getByText("no server is set or it does not respond: type the names instead").waitFor();
    await picture("no list", { all: true });
  });
  await test.step("type repository and hub", async () => {
    await galaxy.pick("Repository and hub", /^Type their names/);
    await galaxy.type("Repository", "Example");
    await galaxy.type("Hub", "Blood");
  });
  await askForTarget(galaxy);
  await test.step("run", () => galaxy.run());
  await test.step("see the results turn red", async () => {
    for (const name of RESULTS) {
      expect(await galaxy.ended(name), `${name} is not red`).toBe("error");
    }
  });
  await test.step("read why", async () => {
    const said = await galaxy.reasonOf(RESULTS[1]);
    await picture("why");
    expect(said).toMatch(/trackfind\.example\.org/);
  });
});

test("with the server stopped, values are picked from the catalog of a document, and found in it", async ({ galaxy, picture }) => {
  await galaxy.useHistory(settings.histories["A catalog"]);
  await test.step("open the form", () => galaxy.openForm(SEARCH));
  await test.step("choose the document", () => galaxy.pick("FAIRtracks document to search", DOCUMENT));
  await pickAndFind(galaxy, picture, "example / Blood for tests");
});
