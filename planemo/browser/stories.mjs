// What users do while everything runs.

import { tellOfCatalogs } from "./catalog_stories.mjs";
import { tellOfForms } from "./form_stories.mjs";
import { tellOfReports } from "./report_stories.mjs";
import { tellOfSearches } from "./search_stories.mjs";
import { tellOfServers } from "./server_stories.mjs";

export function tell(stage) {
  tellOfSearches(stage);
  tellOfCatalogs(stage);
  tellOfServers(stage);
  tellOfReports(stage);
  tellOfForms(stage);
}
