// The reports of an analysis, each opened from the history.

import assert from "node:assert/strict";

const REPORTS = [
  { tool: "FAIRtracks import", heading: "FAIRtracks import", says: "All 3 tracks were imported", titles: ["local_id", "label"] },
  { tool: "FAIRtracks follow", heading: "FAIRtracks follow", says: "The source tracks of the result are confirmed", titles: ["result", "proven_tracks"] },
  { tool: "FAIRtracks package", heading: "Sorted regions of cells", says: "How to cite", titles: ["local_id", "label"], picture: true },
  { tool: "FAIRtracks check", heading: "FAIRtracks check", says: "The document conforms to FAIRtracks", titles: ["strength", "place"] },
];

export function tellOfReports(stage) {
  for (const report of REPORTS) {
    stage.story(`the report of ${report.tool} is read`, async (galaxy, story) => {
      await galaxy.useHistory(stage.settings.histories["An analysis"]);
      await story.step("open the report", () => galaxy.open(new RegExp(`${report.tool} on .*: report`)));
      await readReport(galaxy, story, report);
      await story.picture("the report", { all: true });
    });
  }
}

// Reads what every report has: a heading, a sentence, tables with titles; and pictures, if it has any.
export async function readReport(galaxy, story, { heading, says, titles, picture }) {
  await story.step("see its heading and what it says", async () => {
    await galaxy.page.getByRole("heading", { name: heading, exact: true }).waitFor();
    await galaxy.page.getByText(says).first().waitFor();
  });
  await story.step("see the titles of its table", async () => {
    const [shown, ...rows] = await galaxy.table(titles[0]);
    assert.deepEqual(shown.slice(0, titles.length), titles);
    assert.notEqual(rows.length, 0, "the table has no rows");
  });
  if (picture) {
    await story.step("see its picture", () => galaxy.picturesAreShown());
  }
  await story.step("see that nothing is wrong with it", async () => {
    assert.deepEqual(await galaxy.complaints(), [], "Galaxy cannot show a part of the report");
    assert.deepEqual(await galaxy.cutTexts(), [], "texts that stand over the edge of the report");
  });
}
