// From results to a crate to publish, with the mouse and the keyboard: presses and characters are counted.

import { expect, settings, test } from "./fixtures.mjs";

const TOOL = "FAIRtracks package";
const TITLE = "Sorted cells";
const NAME = "Josiah Carberry";
const MOST_PRESSES = 6;
const MOST_CHARACTERS = 60;

test("results are packed with few presses and few characters", async ({ galaxy, picture }) => {
  const { page } = galaxy;
  await galaxy.useHistory(settings.histories["Results to publish"]);
  await page.evaluate(() => {
    window.presses = 0;
    document.addEventListener("mousedown", () => (window.presses += 1), true);
  });
  let characters = TOOL.length;
  const write = async (label, text) => {
    await galaxy.after(label, "input").click();
    await page.keyboard.type(text);
    characters += text.length;
    await galaxy.settled();
  };
  await test.step("open the form", () => galaxy.openForm(TOOL));
  await test.step("see the newest collections as data and crates", async () => {
    const collections = await Promise.all([0, 1].map((nth) => galaxy.picked("Collection", nth)));
    expect(collections[0].join()).toMatch(/sort/i);
    expect(collections[1].join()).toMatch(/crates/i);
  });
  await test.step("type the title", () => write("Title", TITLE));
  await test.step("type the name", () => write("Your name", NAME));
  await picture("the form", { all: true });
  await test.step("run", () => galaxy.run());
  const presses = await page.evaluate(() => window.presses);
  expect(presses, "presses of the mouse").toBeLessThanOrEqual(MOST_PRESSES);
  expect(presses, "presses that were counted").toBeGreaterThan(2);
  expect(characters, "characters typed").toBeLessThanOrEqual(MOST_CHARACTERS);
  await test.step("see the crate in the history by its title and numbers", () => galaxy.allGreen(/^Sorted cells: 3 results, 3 tracks$/));
  await test.step("read the report", async () => {
    await galaxy.open(/^Sorted cells: report$/);
    await page.getByText("3 results from 3 source tracks; 1 tool, 3 jobs").waitFor();
    expect(await galaxy.complaints(), "Galaxy cannot show a part of the report").toEqual([]);
  });
  await picture("the report", { all: true });
});
