// What users do while everything runs.

import { tellOfForms } from "./form_stories.mjs";
import { tellOfReports } from "./report_stories.mjs";
import { tellOfSearches } from "./search_stories.mjs";

export function tell(stage) {
  tellOfSearches(stage);
  tellOfReports(stage);
  tellOfForms(stage);
}
