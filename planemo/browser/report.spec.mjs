// The reports of an analysis, each opened from the history.

import { settings, test } from "./fixtures.mjs";
import { readReport } from "./steps.mjs";

const REPORTS = [
  { tool: "FAIRtracks import", item: "3 tracks imported: report", heading: "FAIRtracks import", says: "All 3 tracks were imported", titles: ["local_id", "label"], pictured: true },
  { tool: "FAIRtracks follow", heading: "FAIRtracks follow", says: "The source tracks of the result are confirmed", titles: ["result", "proven_tracks"], pictured: true },
  { tool: "FAIRtracks package", item: "^Sorted regions of cells: report$", heading: "Sorted regions of cells", says: "How to cite", titles: ["local_id", "label"], pictured: true },
  { tool: "FAIRtracks check", heading: "FAIRtracks check", says: "The document conforms to FAIRtracks", titles: ["strength", "place"] },
];

for (const report of REPORTS) {
  test(`the report of ${report.tool} is read`, async ({ galaxy, picture }) => {
    await galaxy.useHistory(settings.histories["An analysis"]);
    await test.step("open the report", () => galaxy.open(new RegExp(report.item ?? `${report.tool} on .*: report`)));
    await readReport(galaxy, report);
    await picture("the report", { all: true });
  });
}
