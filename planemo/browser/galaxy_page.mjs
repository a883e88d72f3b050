// Galaxy's pages, spoken of as a user sees them: labels, buttons, names in the history. Whatever of Galaxy's own markup is needed to find these is here.

import { expect } from "@playwright/test";

const JOB_PATIENCE = 120_000;
const HIGHEST = 2600;
const MARGIN = 12;
const ENDED = ["ok", "error", "empty", "failed_metadata", "paused", "discarded", "deferred"];

export class GalaxyPage {
  #building = 0;
  #presses = 0;
  #characters = 0;
  #history;
  #made = [];

  constructor(page, address) {
    this.page = page;
    this.address = address;
    for (const [event, change] of [["request", 1], ["requestfinished", -1], ["requestfailed", -1]]) {
      page.on(event, (request) => {
        this.#building += isBuild(request) ? change : 0;
      });
    }
  }

  // Counts from now on what a person does: presses of the mouse, those in drop-downs too, and characters typed.
  async count() {
    if (this.#presses === 0) {
      await this.page.exposeFunction("countPress", () => {
        this.#presses += 1;
      });
      await this.page.exposeFunction("countCharacters", (typed) => {
        this.#characters += typed;
      });
    }
    await this.page.evaluate(() => {
      addEventListener("pointerdown", () => window.countPress(), true);
      addEventListener("beforeinput", (event) => window.countCharacters(event.data?.length ?? 0), true);
    });
    const before = [this.#presses, this.#characters];
    return () => ({ presses: this.#presses - before[0], characters: this.#characters - before[1] });
  }

  async logIn(user, password) {
    await this.page.goto(`${this.address}/login/start`);
    await this.page.getByLabel("Public Name or Email Address").fill(user);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Login", exact: true }).click();
    await this.page.getByRole("button", { name: "User Preferences" }).waitFor();
  }

  // Makes a history the current one.
  async useHistory(id) {
    if (id === this.#history) {
      return;
    }
    const answer = await this.page.request.get(`${this.address}/history/set_as_current?id=${id}`);
    expect(answer.status(), `Galaxy does not switch to the history ${id}`).toBe(200);
    this.#history = id;
    this.#made = [];
    await this.page.goto(this.address);
  }

  // --- forms

  // Opens the form of a tool from the panel, as one looks for it there.
  async openForm(tool) {
    await this.page.getByRole("link", { name: "Home" }).click();
    await this.page.getByPlaceholder("search tools").fill(tool);
    await this.page.getByRole("link", { name: tool }).first().click();
    await this.page.getByRole("heading", { name: tool, level: 1 }).waitFor();
    await this.settled();
  }

  // Opens the form of a tool by its section in the panel, which may be open, and its name.
  async openFromPanel(section, tool) {
    const link = this.page.getByRole("link", { name: tool }).filter({ visible: true }).first();
    if ((await link.count()) === 0) {
      await this.page.getByRole("button", { name: section, exact: true }).click();
    }
    await link.click();
    await this.page.getByRole("heading", { name: tool, level: 1 }).waitFor();
    await this.settled();
  }

  // Drops a file of this computer on the window for uploads; Galaxy finds out its datatype.
  async upload(name, content) {
    await this.page.getByRole("link", { name: "Upload" }).or(this.page.getByRole("button", { name: "Upload" })).first().click();
    const place = this.page.locator(".upload-helper, .upload-box").filter({ visible: true }).first();
    await place.waitFor();
    const dropped = await this.page.evaluateHandle(
      ([file, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([text], file));
        return data;
      },
      [name, content],
    );
    for (const event of ["dragenter", "dragover", "drop"]) {
      await place.dispatchEvent(event, { dataTransfer: dropped });
    }
    await this.page.getByRole("button", { name: "Start" }).click();
    await this.page.keyboard.press("Escape");
    await this.page.getByRole("button", { name: "Choose local file" }).waitFor({ state: "hidden" });
  }

  // Drags an item of the history to the field with this label.
  async drag(name, label) {
    const field = this.page.locator(".ui-form-element").filter({ hasText: label }).last();
    await this.item(name).locator(".name").first().dragTo(field);
    await this.settled();
  }

  // What stands after a label that occurs for the `nth` time, counted from 0.
  after(label, kind, nth = 0) {
    const labels = this.page.locator(".ui-form-title, .portlet-header");
    return labels.getByText(label, { exact: true }).nth(nth).locator(`xpath=following::${kind}[1]`);
  }

  dropDown(label, nth) {
    return this.after(label, '*[@role="combobox"]', nth);
  }

  // The labels that a drop-down offers and that are not picked yet.
  async offered(label, nth) {
    const box = this.dropDown(label, nth);
    await box.click();
    const options = await box.getByRole("option").filter({ visible: true }).allInnerTexts();
    await this.page.keyboard.press("Escape");
    return options.map((option) => option.trim()).filter((option) => option !== "");
  }

  // Picks from a drop-down, one or several; of options that a pattern fits the first, which is the newest dataset.
  async pick(label, option, nth) {
    const box = this.dropDown(label, nth);
    await box.click();
    await box.getByRole("option", { name: option, exact: true }).first().click();
    await this.page.keyboard.press("Escape");
    await this.settled();
  }

  // What a drop-down shows as picked.
  async picked(label, nth) {
    const box = this.dropDown(label, nth);
    const chosen = box.locator(".multiselect__single, .multiselect__tag");
    return (await chosen.allInnerTexts()).map((text) => text.trim());
  }

  // Picks exactly these of a drop-down for several, in which Galaxy may have picked others by itself.
  async pickOnly(label, options, nth) {
    for (const option of options) {
      if (!(await this.picked(label, nth)).includes(option)) {
        await this.pick(label, option, nth);
      }
    }
    for (const other of (await this.picked(label, nth)).filter((picked) => !options.includes(picked))) {
      await this.dropDown(label, nth).locator(".multiselect__tag").filter({ hasText: other }).locator("svg, i").first().click();
      await this.settled();
    }
    await until(async () => `${await this.picked(label, nth)}` === `${options}`, `${label} does not show what was picked`);
  }

  async type(label, text, nth) {
    await this.after(label, "*[self::textarea or self::input[not(@type='checkbox')]]", nth).fill(text);
    await this.settled();
  }

  // Types into a field as a person does, character by character.
  async typeKeys(label, text, nth) {
    const field = this.after(label, "*[self::textarea or self::input[not(@type='checkbox')]]", nth);
    await field.click();
    await this.page.keyboard.type(text);
    await this.settled();
  }

  // Turns a switch.
  async turn(label) {
    await this.after(label, '*[@type="checkbox"]').click({ force: true });
    await this.settled();
  }

  // How many items a repeat has.
  items(title) {
    return this.page.locator(".portlet-header").getByText(new RegExp(`^\\s*\\d+: ${title}$`)).count();
  }

  async press(button) {
    await this.page.getByRole("button", { name: button }).first().click();
    await this.settled();
  }

  // Waits until Galaxy has answered what the form has asked of it.
  async settled() {
    await this.page.waitForFunction(() => document.readyState === "complete");
    await until(() => this.#building === 0, "Galaxy does not answer what the form asks of it");
  }

  // Runs the tool of the open form.
  async run() {
    await this.settled();
    await this.page.getByRole("button", { name: "Run Tool" }).first().click();
    await this.page.getByText("successfully added 1 job to the queue").waitFor();
    const outputs = await this.#middle.getByRole("listitem").allInnerTexts();
    this.#made = outputs.map((output) => output.trim().match(/^(\d+): (.*)$/s)).map(([, number, name]) => ({ number, name }));
  }

  // --- the history

  // An item of the current history by its name: what was made last, else the newest of that name.
  item(name) {
    const made = this.#made.find((output) => output.name.search(name) !== -1);
    if (made) {
      return this.page.locator(`[data-hid="${made.number}"]`);
    }
    return this.page.locator("[data-hid]").filter({ has: this.page.locator(".name").filter({ hasText: name }) }).first();
  }

  // Waits until a job has ended and gives the colour of its output: 'ok' is green, 'error' red.
  async ended(name) {
    const item = this.item(name);
    await item.waitFor();
    await until(async () => ENDED.includes(await item.getAttribute("data-state")), `${name} does not end`, JOB_PATIENCE);
    return item.getAttribute("data-state");
  }

  async allGreen(...names) {
    for (const name of names) {
      expect(await this.ended(name), `${name} is not green`).toBe("ok");
    }
  }

  async open(name) {
    await this.item(name).getByRole("link", { name: "View" }).click();
  }

  // Opens a collection of the history, and its sample sheet in the middle.
  async openSheet(name) {
    await this.item(name).locator(".name").first().click();
    await this.page.getByTitle("View Sample Sheet").click();
  }

  // What the history says of a red item, once one clicks on it.
  async reasonOf(name) {
    const item = this.item(name);
    await item.click();
    await item.getByText("An error occurred with this dataset").filter({ visible: true }).last().waitFor();
    return item.innerText();
  }

  // --- what stands in the middle

  get #middle() {
    return this.page.locator("#center");
  }

  // The table in the middle with this title of a column, row by row, the titles first.
  async table(title) {
    await this.loaded();
    const table = this.#middle.getByRole("table").filter({ hasText: title }).first();
    await table.getByRole("row").nth(1).waitFor();
    return table.evaluate((shown) => [...shown.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
  }

  // The cells of a column of the sample sheet in the middle, from top to bottom.
  async column(title) {
    await this.#middle.getByRole("columnheader", { name: title, exact: true }).waitFor();
    const cells = this.#middle.locator(`[role="gridcell"][col-id="${title}"]`);
    await cells.first().waitFor();
    return (await cells.allInnerTexts()).map((cell) => cell.trim());
  }

  // Waits until no part of a page is still under way.
  async loaded() {
    await until(async () => (await this.#middle.getByText(/^\s*Loading/).count()) === 0, "parts of the page do not come");
  }

  // Waits for the pictures; each must have come and have a size.
  async picturesAreShown() {
    const pictures = this.#middle.getByRole("img").and(this.page.locator("img"));
    await pictures.first().waitFor();
    for (const picture of await pictures.all()) {
      await until(() => picture.evaluate((image) => image.complete && image.naturalWidth > 0), "a picture does not come");
    }
  }

  // What Galaxy complains of, in words.
  async complaints() {
    await this.loaded();
    return (await this.#middle.locator(".alert-danger, .alert-warning").filter({ visible: true }).allInnerTexts()).map((text) => text.trim());
  }

  // Texts that stand over the right edge, where one has to push the whole page aside to read them.
  async cutTexts() {
    return this.#middle.evaluate((middle) => {
      const edge = middle.getBoundingClientRect().right;
      const page = [...middle.querySelectorAll("*")].find((part) => getComputedStyle(part).overflowY === "auto");
      const pushed = (part) => part !== page && (getComputedStyle(part).overflowX === "auto" || pushed(part.parentElement));
      const over = [...page.querySelectorAll("*")].filter((part) => part.getBoundingClientRect().right > edge && !pushed(part));
      const texts = over.filter((part) => part.children.length === 0).map((part) => part.textContent.trim());
      return texts.filter((text) => text !== "");
    });
  }

  // Shows the middle from its top, in a window that is high enough, and gives its place; of a form without the help.
  async showAll() {
    const hidden = await this.#middle.evaluate((middle) => {
      const page = [...middle.querySelectorAll("*")].find((part) => getComputedStyle(part).overflowY === "auto");
      page?.scrollTo(0, 0);
      return page ? page.scrollHeight - page.clientHeight : 0;
    });
    const { width, height } = this.page.viewportSize();
    await this.page.setViewportSize({ width, height: Math.min(height + hidden, HIGHEST) });
    const place = await this.#middle.boundingBox();
    const help = await this.#middle.getByRole("heading", { name: "Help", exact: true }).evaluateAll((found) => found.map((heading) => heading.getBoundingClientRect().top));
    return { ...place, height: Math.min(place.height, ...help.map((top) => top - place.y - MARGIN)) };
  }

  // Takes a picture of the window, or of `all` that is in the middle.
  async picture(path, all) {
    const size = this.page.viewportSize();
    await this.page.mouse.move(0, 0);
    await this.page.screenshot({ path, clip: all ? await this.showAll() : undefined });
    await this.page.setViewportSize(size);
  }
}

function isBuild(request) {
  return /\/api\/tools\/[^/]+\/build/.test(request.url());
}

function until(holds, otherwise, timeout = 60_000) {
  return expect.poll(holds, { message: otherwise, timeout, intervals: [100] }).toBe(true);
}
