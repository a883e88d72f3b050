// What users do while the TrackFind server is stopped.

import { tellOfCataloguesInSilence } from "./catalogue_stories.mjs";
import { tellOfSilence } from "./server_stories.mjs";

export function tell(stage) {
  tellOfSilence(stage);
  tellOfCataloguesInSilence(stage);
}
