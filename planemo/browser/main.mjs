// Runs stories: node main.mjs SETTINGS.json FILE_OF_STORIES.mjs

import { mkdirSync, readFileSync } from "node:fs";
import { argv } from "node:process";
import { after } from "node:test";

import { startBrowser } from "./browser.mjs";
import { Stage } from "./story.mjs";

const [settingsFile, storiesFile] = argv.slice(2);
const settings = JSON.parse(readFileSync(settingsFile, "utf8"));
mkdirSync(settings.pictures, { recursive: true });
const browser = await startBrowser(settings.chromium);
after(() => browser.close());

const stage = new Stage(browser, settings);
stage.story("a user logs in", (galaxy, story) =>
  story.step("log in", () => galaxy.logIn(settings.user, settings.password)),
);
const { tell } = await import(`./${storiesFile}`);
tell(stage);
