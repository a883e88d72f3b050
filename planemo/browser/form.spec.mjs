// Every form opens, with what a user needs to fill it in.

import { expect, settings, test } from "./fixtures.mjs";

const FORMS = {
  "FAIRtracks import": ["Tracks to import", "Selection", "Import mode"],
  "FAIRtracks follow": ["Results", "Crates", "Source of the lineage"],
  "FAIRtracks package": ["Title", "Your name", "Your ORCID", "Licence", "Data", "Crates"],
  "FAIRtracks audit": ["Question", "Crates", "Kind", "Value"],
  "FAIRtracks check": ["FAIRtracks documents and crates to check", "Report missing labels"],
};

for (const [tool, labels] of Object.entries(FORMS)) {
  test(`the form of ${tool} opens`, async ({ galaxy, picture }) => {
    await galaxy.useHistory(settings.histories["An analysis"]);
    await test.step("open the form", () => galaxy.openForm(tool));
    await test.step("see its labels", async () => {
      for (const label of labels) {
        await galaxy.page.getByText(label, { exact: true }).first().waitFor();
      }
    });
    await test.step("read its help", async () => {
      await galaxy.page.getByRole("heading", { name: "What it does" }).waitFor();
      expect(await galaxy.cutTexts(), "texts that stand over the edge of the form").toEqual([]);
    });
    await picture("the form", { all: true });
  });
}
