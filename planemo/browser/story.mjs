// What a user does, step by step; a step that fails says which it was, and has a picture.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { GalaxyPage } from "./galaxy_page.mjs";

const LONGEST_SENTENCE = 400;

// Registers stories with one browser and one Galaxy. All have the same page, unless one fails: then the next gets a new one.
export class Stage {
  #galaxy;

  constructor(browser, settings) {
    this.browser = browser;
    this.settings = settings;
  }

  // A story is a test: its actions get Galaxy's page, and tell their steps.
  story(name, actions) {
    test(name, async () => {
      this.#galaxy ??= new GalaxyPage(await this.browser.context.newPage(), this.settings.address);
      const before = this.browser.strangers.length;
      try {
        await actions(this.#galaxy, new Story(name, this.#galaxy, this.settings.pictures));
        const strangers = this.browser.strangers.slice(before);
        assert.deepEqual(strangers, [], `the pages asked for addresses elsewhere: ${strangers.join(", ")}`);
      } catch (error) {
        await this.#galaxy.page.close();
        this.#galaxy = undefined;
        throw error;
      }
    });
  }
}

class Story {
  #name;
  #galaxy;
  #page;
  #folder;

  constructor(name, galaxy, folder) {
    this.#name = fileName(name);
    this.#galaxy = galaxy;
    this.#page = galaxy.page;
    this.#folder = folder;
  }

  // Does one step; the picture of one that fails shows the page as it was then.
  async step(what, action) {
    try {
      return await action();
    } catch (error) {
      const picture = await this.picture(`failed, ${what}`).catch(() => "none, the page is gone");
      throw new Error(`${what}: ${sentence(error)} (picture: ${picture})`);
    }
  }

  // Keeps a picture of the window, or of `all` that stands in the middle, and tells where.
  async picture(what, { all = false } = {}) {
    const path = join(this.#folder, `${this.#name}__${fileName(what)}.png`);
    const size = this.#page.viewportSize();
    await this.#page.mouse.move(0, 0);
    await this.#page.screenshot({ path, clip: all ? await this.#galaxy.showAll() : undefined });
    await this.#page.setViewportSize(size);
    return path;
  }
}

function fileName(text) {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "_").slice(0, 60);
}

// What went wrong, without the colours of terminals and on one line.
function sentence(error) {
  const plain = error.message.replace(/\x1b\[[0-9;]*m/g, "").split(/\s+/).join(" ");
  return plain.length > LONGEST_SENTENCE ? `${plain.slice(0, LONGEST_SENTENCE)}…` : plain;
}
