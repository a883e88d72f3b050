import { env } from "node:process";

import { defineConfig } from "@playwright/test";

const ARGUMENTS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

export default defineConfig({
  // Set, because otherwise Playwright leaves out what git ignores.
  testDir: ".",
  workers: 1,
  timeout: 300_000,
  reporter: [["list"], ["junit"]],
  use: { launchOptions: { executablePath: env.CHROMIUM, args: ARGUMENTS }, screenshot: "only-on-failure" },
  projects: [
    { name: "answering", testIgnore: "silent.spec.mjs" },
    { name: "silent", testMatch: "silent.spec.mjs" },
  ],
});
