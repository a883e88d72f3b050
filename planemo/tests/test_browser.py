"""Our forms, tables and reports as people see them: a Chromium works through the stories of `planemo/browser/`."""

import json
import shutil

import pytest
from harness.client import collection, dataset
from harness.following import FIRST, follow, form, three_tracks
from harness.node_modules import Modules
from harness.places import BROWSER, STATE, TEST_DATA, relative
from harness.processes import clean_environment
from harness.processes import run as run_program

MODULES = Modules("browser", BROWSER, "Playwright")
# Where the pictures of the newest run are.
PICTURES = STATE / "browser-pictures"
READER = "reader@example.org"
BLOOD = TEST_DATA / "blood.fairtracks.json"
# A document whose files the track server has.
EPIGENOME = TEST_DATA / "epigenome.fairtracks.json"
# The crates of two runs of one workflow, whose results differ.
TWO_RUNS = (TEST_DATA / "version_0_1_0" / "result.crate.zip", TEST_DATA / "results" / "shared_regions_again.crate.zip")
# A document with faults.
FAULTY = TEST_DATA / "faulty_tracks.fairtracks.json"


@pytest.fixture(scope="module")
def chromium():
    """The program of this machine; none is downloaded."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("there is no chromium on the PATH: install it (Debian: apt-get install chromium)")
    return found


@pytest.fixture(scope="module")
def settings(run, chromium, galaxy):
    """What the stories know: the user, who is no administrator, and the user's histories by their names."""
    MODULES.install()
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    password = galaxy.configuration.password
    client = galaxy.client.create_user(READER, "reader", password)
    names = ("Blood tracks", "A catalog", "A server", "An analysis", "Few clicks", "Results", "Sorted tracks", "Crates of results")
    histories = {name: client.create_history(name) for name in names}
    for history in list(histories.values())[:3]:
        client.upload_file(history, BLOOD, "json")
    analyse(client, histories["An analysis"])
    make_results(client, histories["Results"])
    make_results(client, histories["Sorted tracks"])
    for crate in TWO_RUNS:
        client.upload_file(histories["Crates of results"], crate, "zip")
    settings = run.folder / "browser.json"
    known = {"address": client.base_url, "user": READER, "password": password, "pictures": str(PICTURES), "histories": histories, "document": str(EPIGENOME)}
    settings.write_text(json.dumps(known))
    return settings


def analyse(client, history):
    """An import, a result, and what each tool after it makes, with its report; a document with faults."""
    tracks, crates = three_tracks(client, history)
    inputs = {"input": dataset(client.elements(tracks)[FIRST]), "column": "1", "style": "alpha", "order": "ASC"}
    result = client.run_tool(history, "sort1", inputs).datasets["out_file1"]
    followed = follow(client, history, [dataset(result)], [collection(crates)]).collections["output_crates"]
    people = {"title": "Sorted regions of cells", "creator_name": "Josiah Carberry", "creator_orcid": "0000-0002-1825-0097"}
    data = form([dataset(result), collection(tracks)], [collection(followed), collection(crates)])
    client.run_tool(history, "fairtracks_package", data | people)
    client.run_tool(history, "fairtracks_check", {"documents": dataset(client.upload_file(history, FAULTY, "json"))})


def make_results(client, history):
    """A collection of results of imported tracks."""
    tracks, _ = three_tracks(client, history)
    inputs = {"input": {"batch": True, "values": [collection(tracks)]}, "column": "2", "style": "num", "order": "ASC"}
    client.run_tool(history, "sort1", inputs)


@pytest.fixture
def stories(run, chromium, settings, junit):
    def work_through(project):
        report, log = run.folder / f"browser-{project}.xml", run.log(f"browser-{project}")
        options = ("--config", MODULES.folder / "playwright.config.mjs", "--project", project, "--output", PICTURES / f"failed-{project}")
        command = (*MODULES.program("node_modules/@playwright/test/cli.js"), "test", *options)
        known = {"BROWSER_SETTINGS": str(settings), "CHROMIUM": chromium, "PLAYWRIGHT_JUNIT_OUTPUT_FILE": str(report)}
        status = run_program(command, log, clean_environment(HOME=str(run.folder), **known))
        assert junit(report), log
        assert status == 0, log

    return work_through


def test_while_the_server_answers(stories, record_property):
    record_property("note", f"  pictures are in {relative(PICTURES)}")
    stories("answering")


def test_while_the_server_is_stopped(stories, stopped_server):
    stories("silent")
