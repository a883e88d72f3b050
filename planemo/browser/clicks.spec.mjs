// The two ways that biologists go most often take few presses of the mouse and few characters.

import { readFileSync } from "node:fs";
import { basename } from "node:path";

import { expect, settings, test } from "./fixtures.mjs";
import { SEARCH } from "./steps.mjs";

const SECTION = "FAIRtracks";

test("from the upload of a document to imported tracks", async ({ galaxy, picture }) => {
  await galaxy.useHistory(settings.histories["Few clicks"]);
  const counted = await galaxy.count();
  await test.step("upload the document", () => galaxy.upload(basename(settings.document), readFileSync(settings.document, "utf8")));
  await test.step("see it turn green", () => galaxy.allGreen(/epigenome/));
  await picture("the document is here");
  await test.step("open the form of the search", () => galaxy.openFromPanel(SECTION, SEARCH));
  await test.step("give it the document", () => galaxy.drag(/epigenome/, "FAIRtracks document to search"));
  await test.step("say what is wanted", () => galaxy.typeKeys("Words to find", "monocyte DNase hg38"));
  await picture("the question", { all: true });
  await test.step("run", () => galaxy.run());
  await test.step("see the hits turn green", () => galaxy.allGreen("document of hits"));
  await picture("the hits");
  await test.step("open the form of the import", () => galaxy.openFromPanel(SECTION, "FAIRtracks import"));
  await test.step("see that the hits are chosen", async () => {
    expect(await galaxy.picked("Tracks to import")).toEqual([expect.stringMatching(/document of hits/)]);
  });
  await picture("the import", { all: true });
  await test.step("run", () => galaxy.run());
  await test.step("see the tracks turn green", () => galaxy.allGreen(/: tracks$/));
  await picture("the tracks");
  const { presses, characters } = counted();
  expect(presses, "presses of the mouse").toBeLessThanOrEqual(9);
  expect(characters, "characters typed").toBeLessThanOrEqual(30);
});

test("from results to a published crate", async ({ galaxy, picture }) => {
  await galaxy.useHistory(settings.histories["Results"]);
  const counted = await galaxy.count();
  await test.step("open the form", () => galaxy.openFromPanel(SECTION, "FAIRtracks package"));
  await picture("the form", { all: true });
  await test.step("say what it is", () => galaxy.typeKeys("Title", "Open chromatin of monocytes"));
  await test.step("say who made it", () => galaxy.typeKeys("Your name", "Josiah Carberry"));
  await test.step("run", () => galaxy.run());
  await test.step("see the crate turn green", () => galaxy.allGreen(/crate$/));
  await test.step("see its title and its numbers in the history", () => galaxy.page.getByText("Open chromatin of monocytes: 3 results, 3 tracks").first().waitFor());
  await picture("the crate");
  const { presses, characters } = counted();
  expect(presses, "presses of the mouse").toBeLessThanOrEqual(6);
  expect(characters, "characters typed").toBeLessThanOrEqual(60);
});
