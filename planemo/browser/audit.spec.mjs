// Audits of the crates of two results: who uses a tool in one version, and what differs between the two.

import { settings, test } from "./fixtures.mjs";
import { AUDIT, readReport } from "./steps.mjs";

const FIRST = "1: result.crate.zip";
const SECOND = "2: shared_regions_again.crate.zip";
const OUTPUTS = ["report", "table"].map((name) => new RegExp(`${AUDIT}.*: ${name}$`));

test("the results that use a tool in one version are found", async ({ galaxy, picture }) => {
  await galaxy.useHistory(settings.histories["Crates of results"]);
  await test.step("open the form", () => galaxy.openForm(AUDIT));
  await test.step("choose both crates", async () => {
    await galaxy.pick("Type of input", "Datasets");
    // Galaxy has picked the newest one by itself.
    await galaxy.pickOnly("Datasets", [SECOND, FIRST]);
  });
  await test.step("name the tool", async () => {
    await galaxy.pick("Kind", "Tool, by its id or its name in Galaxy");
    await galaxy.type("Value", "bedtools_intersectbed");
  });
  await test.step("name its version", async () => {
    await galaxy.press("Insert Criterion");
    await galaxy.pick("Kind", "Version of a tool", 1);
    await galaxy.type("Value", "2.30.0", 1);
  });
  await picture("the form", { all: true });
  await test.step("run", () => galaxy.run());
  await test.step("see the results turn green", () => galaxy.allGreen(...OUTPUTS));
  await test.step("open the report", () => galaxy.open(OUTPUTS[0]));
  const says = "1 of 2 results uses tool bedtools_intersectbed, version 2.30.0";
  await readReport(galaxy, { heading: AUDIT, says, titles: ["result", "crate", "uses"], of: "matching_steps" });
  await picture("the report", { all: true });
});

test("the differences of two results are read", async ({ galaxy, picture }) => {
  await galaxy.useHistory(settings.histories["Crates of results"]);
  await test.step("open the form", () => galaxy.openForm(AUDIT));
  await test.step("ask for differences", () => galaxy.pick("Question", "What differs between two results?"));
  await test.step("choose the crates", async () => {
    await galaxy.pick("First crate", FIRST);
    await galaxy.pick("Second crate", SECOND);
  });
  await picture("the form", { all: true });
  await test.step("run", () => galaxy.run());
  await test.step("see the results turn green", () => galaxy.allGreen(...OUTPUTS));
  await test.step("open the report", () => galaxy.open(OUTPUTS[0]));
  const says = "Differences: 1 result, 1 tool version, 1 parameter";
  await readReport(galaxy, { heading: AUDIT, says, titles: ["aspect", "name", "property", "first", "second"] });
  await picture("the report", { all: true });
});
