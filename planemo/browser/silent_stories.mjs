// What users do while the TrackFind server is stopped.

import { tellOfCatalogsInSilence } from "./catalog_stories.mjs";
import { tellOfSilence } from "./server_stories.mjs";

export function tell(stage) {
  tellOfSilence(stage);
  tellOfCatalogsInSilence(stage);
}
