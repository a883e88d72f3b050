// What users do while the TrackFind server is stopped.

export { tellOfSilence as tell } from "./server_stories.mjs";
