// A Chromium that knows the loopback alone.

import { chromium } from "playwright-core";

const OPTIONS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];
const SIZE = { width: 1400, height: 900 };
const PATIENCE = 60_000;
// What Galaxy's own panel of tools asks for.
const OF_GALAXY = "https://training.galaxyproject.org/training-material/api/top-tools.json";

// Starts the program with a profile that is new and goes with it. `strangers` lists the addresses elsewhere that pages asked for; none was let through.
export async function startBrowser(program) {
  const browser = await chromium.launch({ executablePath: program, args: OPTIONS });
  const context = await browser.newContext({ viewport: SIZE, reducedMotion: "reduce", locale: "en-GB" });
  context.setDefaultTimeout(PATIENCE);
  const strangers = [];
  await context.route(
    (address) => isStranger(address),
    (route) => {
      const address = route.request().url();
      if (address !== OF_GALAXY) {
        strangers.push(address);
      }
      return route.abort();
    },
  );
  return { context, strangers, close: () => browser.close() };
}

function isStranger({ protocol, hostname }) {
  return !["data:", "blob:", "about:"].includes(protocol) && hostname !== "127.0.0.1";
}
