// Every form opens, with what a user needs to fill it in.

import assert from "node:assert/strict";

const FORMS = {
  "FAIRtracks import": ["Tracks to import", "Selection", "Import mode"],
  "FAIRtracks follow": ["Results", "Crates", "Source of the lineage"],
  "FAIRtracks package": ["Title", "Data", "Crates", "Creators", "Data files"],
  "FAIRtracks check": ["FAIRtracks documents and crates to check", "Report missing labels"],
};

export function tellOfForms(stage) {
  for (const [tool, labels] of Object.entries(FORMS)) {
    stage.story(`the form of ${tool} opens`, async (galaxy, story) => {
      await galaxy.useHistory(stage.settings.histories["An analysis"]);
      await story.step("open the form", () => galaxy.openForm(tool));
      await story.step("see its labels", async () => {
        for (const label of labels) {
          await galaxy.page.getByText(label, { exact: true }).first().waitFor();
        }
      });
      await story.step("read its help", async () => {
        await galaxy.page.getByRole("heading", { name: "What it does" }).waitFor();
        assert.deepEqual(await galaxy.cutTexts(), [], "texts that stand over the edge of the form");
      });
      await story.picture("the form", { all: true });
    });
  }
}
