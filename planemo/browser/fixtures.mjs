// A Chromium that knows the loopback alone, with one user's Galaxy in it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";

import { expect, test as base } from "@playwright/test";

import { GalaxyPage } from "./galaxy_page.mjs";

export { expect };
export const settings = JSON.parse(readFileSync(env.BROWSER_SETTINGS, "utf8"));

const PATIENCE = 60_000;
// What Galaxy's own panel of tools asks for.
const OF_GALAXY = "https://training.galaxyproject.org/training-material/api/top-tools.json";

export const test = base.extend({
  // Addresses elsewhere that pages asked for; none is let through.
  strangers: [async ({}, use) => use([]), { scope: "worker" }],

  // All stories have the same page; after a story that fails, Playwright starts another worker, and so a new page.
  galaxy: [
    async ({ browser, strangers }, use) => {
      const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, reducedMotion: "reduce", locale: "en-GB" });
      context.setDefaultTimeout(PATIENCE);
      await context.route(isStranger, (route) => {
        const address = route.request().url();
        if (address !== OF_GALAXY) {
          strangers.push(address);
        }
        return route.abort();
      });
      const galaxy = new GalaxyPage(await context.newPage(), settings.address);
      await galaxy.logIn(settings.user, settings.password);
      await use(galaxy);
      await context.close();
    },
    { scope: "worker" },
  ],

  // Keeps a picture of the window, or of `all` that is in the middle.
  picture: async ({ galaxy }, use, { title }) => {
    await use((what, { all = false } = {}) => galaxy.picture(join(settings.pictures, `${fileName(title)}__${fileName(what)}.png`), all));
  },

  loopbackAlone: [
    async ({ strangers }, use) => {
      strangers.length = 0;
      await use();
      expect(strangers, "addresses elsewhere that the pages asked for").toEqual([]);
    },
    { auto: true },
  ],
});

function isStranger({ protocol, hostname }) {
  return !["data:", "blob:", "about:"].includes(protocol) && hostname !== "127.0.0.1";
}

function fileName(text) {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "_").slice(0, 60);
}
