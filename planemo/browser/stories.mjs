// What users do while everything runs.

import { tellOfCatalogues } from "./catalogue_stories.mjs";
import { tellOfForms } from "./form_stories.mjs";
import { tellOfReports } from "./report_stories.mjs";
import { tellOfSearches } from "./search_stories.mjs";
import { tellOfServers } from "./server_stories.mjs";

export function tell(stage) {
  tellOfSearches(stage);
  tellOfCatalogues(stage);
  tellOfServers(stage);
  tellOfReports(stage);
  tellOfForms(stage);
}
