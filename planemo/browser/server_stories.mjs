// Searches on a TrackFind server, while it answers and while it does not.

import assert from "node:assert/strict";

import { DOCUMENT, RESULTS, SEARCH, readHits } from "./search_stories.mjs";

const HISTORY = "A server";
const LISTED = ["Example / Blood (62 tracks)", "Example / H1 (4 tracks)"];

export function tellOfServers(stage) {
  stage.story("a hub is chosen from the list of a server, and searched", async (galaxy, story) => {
    await openServerForm(stage, galaxy, story);
    await story.step("see the hubs that the server has", async () => {
      await galaxy.pick("Repository and hub", "Choose from a list");
      assert.deepEqual(await galaxy.offered("Repository or hub"), LISTED);
    });
    await story.step("choose one", () => galaxy.pick("Repository or hub", LISTED[0]));
    await askForTarget(galaxy, story);
    await story.picture("the form", { all: true });
    await story.step("run", () => galaxy.run());
    await story.step("see the results turn green", () => galaxy.allGreen(...RESULTS));
    await story.step("read the table of hits", async () => {
      const hits = await readHits(galaxy);
      assert.deepEqual([hits.length, [...new Set(hits.map((hit) => hit.target))]], [12, ["H3K4_trimethylation"]]);
    });
  });
}

export function tellOfSilence(stage) {
  stage.story("with the server stopped, a document is searched", async (galaxy, story) => {
    await galaxy.useHistory(stage.settings.histories[HISTORY]);
    await story.step("open the form", () => galaxy.openForm(SEARCH));
    await story.step("choose the document", () => galaxy.pick("FAIRtracks document to search", DOCUMENT));
    await askForTarget(galaxy, story);
    await story.step("run", () => galaxy.run());
    await story.step("see the results turn green", () => galaxy.allGreen(...RESULTS));
    await story.step("read the table of hits", async () => assert.equal((await readHits(galaxy)).length, 12));
  });

  stage.story("with the server stopped, the form says that there is no list, and the search why it failed", async (galaxy, story) => {
    await openServerForm(stage, galaxy, story);
    await story.step("see that there is no list", async () => {
      await galaxy.pick("Repository and hub", "Choose from a list");
      await galaxy.page.getByText("that server does not answer or none is set: choose to type the names").waitFor();
      await story.picture("no list", { all: true });
    });
    await story.step("type repository and hub", async () => {
      await galaxy.pick("Repository and hub", /^Type their names/);
      await galaxy.type("Repository", "Example");
      await galaxy.type("Hub", "Blood");
    });
    await askForTarget(galaxy, story);
    await story.step("run", () => galaxy.run());
    await story.step("see the results turn red", async () => {
      for (const name of RESULTS) {
        assert.equal(await galaxy.ended(name), "error", `${name} is not red`);
      }
    });
    await story.step("read why", async () => {
      const said = await galaxy.reasonOf(RESULTS[1]);
      await story.picture("why");
      assert.match(said, /trackfind\.example\.org/);
    });
  });
}

async function openServerForm(stage, galaxy, story) {
  await galaxy.useHistory(stage.settings.histories[HISTORY]);
  await story.step("open the form", () => galaxy.openForm(SEARCH));
  await story.step("choose a server", async () => {
    await galaxy.pick("Search in", "A TrackFind server");
    await galaxy.pick("Server", "Example TrackFind");
  });
}

function askForTarget(galaxy, story) {
  return story.step("ask for a target", async () => {
    await galaxy.pick("Attribute", "Target");
    await galaxy.type("Value", "H3K4_trimethylation");
  });
}
