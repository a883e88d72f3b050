"""Our forms, tables and reports as people see them: a Chromium works through the stories of `planemo/browser/`."""

import json
import shutil
from pathlib import Path

from .browser_histories import prepare
from .node_modules import Modules
from .outcome import Outcome, Skipped
from .places import BROWSER, STATE, relative
from .processes import clean_environment
from .processes import run as run_program
from .run import Run

MODULES = Modules("browser", BROWSER, "playwright-core")
CHROMIUM = ("chromium", "chromium-browser")
# Where the pictures of the newest run are.
PICTURES = STATE / "browser-pictures"
READER = "reader@example.org"


def chromium() -> str | None:
    """The program of this machine; none is downloaded."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def browser_installed(_run: Run) -> None:
    if not chromium():
        raise Skipped("there is no chromium on the PATH: install it (Debian: apt-get install chromium)")
    MODULES.install()


def browser(run: Run) -> Outcome:
    """A user who is no administrator searches, looks at tables and reports, and opens every form."""
    galaxy = run.warm_galaxy()
    client = galaxy.client.create_user(READER, "reader", galaxy.configuration.password)
    shutil.rmtree(PICTURES, ignore_errors=True)
    settings = run.folder / "browser.json"
    known = {"address": client.address, "user": READER, "password": galaxy.configuration.password}
    known |= {"chromium": chromium(), "pictures": str(PICTURES), "histories": prepare(client)}
    settings.write_text(json.dumps(known))
    log = run.log("browser")
    told = work_through("stories.mjs", settings, log)
    run.providers.trackfind.stop()
    try:
        told += work_through("silent_stories.mjs", settings, log)
    finally:
        run.providers.trackfind.launch()
    failures = [f"{story['story']}: {story['failure']}" for story in told if "failure" in story]
    notes = [f"pictures are in {relative(PICTURES)}"]
    return Outcome(len(told) - len(failures), failures, (log, client.log), notes=notes)


def work_through(stories: str, settings: Path, log: Path) -> list[dict]:
    """What came of each story, in their order; node that ends badly without a story that failed is one by itself."""
    before = len(results(log))
    command = (*MODULES.program("main.mjs", "--test-reporter", MODULES.folder / "reporter.mjs"), settings, stories)
    status = run_program(command, log, clean_environment(HOME=str(log.parent)))
    told = results(log)[before:]
    if status and not any("failure" in story for story in told):
        told.append({"story": stories, "failure": f"node ended with status {status}"})
    return told


def results(log: Path) -> list[dict]:
    """The lines of stories in a log, which Chromium may write to as well."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return [json.loads(line) for line in lines if line.startswith('{"story"')]
