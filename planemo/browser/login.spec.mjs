import { expect, test } from "./fixtures.mjs";

test("a user logs in", async ({ galaxy }) => {
  await expect(galaxy.page.getByRole("button", { name: "User Preferences" })).toBeVisible();
});
