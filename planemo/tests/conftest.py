"""Options, fixtures and the closing table of `planemo/test`."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
from harness.client import Client
from harness.following import three_tracks
from harness.galaxy import Galaxy
from harness.places import relative
from harness.processes import run as run_program
from harness.run import Run
from harness.steps import Failure, table

RUNNERS = ("local", "pulsar")
RUN = pytest.StashKey[Run]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="count a skipped test as failed")
    parser.addoption("--runner", action="append", default=[], help="local, pulsar or all")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "runner" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--runner") or ["local"]
        metafunc.parametrize("runner", [runner for runner in RUNNERS if runner in chosen or "all" in chosen], scope="module")


@pytest.fixture(scope="session", autouse=True)
def run(request: pytest.FixtureRequest) -> Iterator[Run]:
    """The folder of this run, and its servers; Galaxy starts at once where a test needs it, beside the tests before that one."""
    items = request.session.items
    with Run(with_pulsar=any(item.callspec.params.get("runner") == "pulsar" for item in items if hasattr(item, "callspec"))) as run:
        request.config.stash[RUN] = run
        if any("galaxy" in item.fixturenames for item in items):
            # The first test that needs Galaxy reports why it could not start.
            with suppress(Failure):
                run.launch_galaxy()
        yield run
        run.keep_folder = request.session.testsfailed > 0


@pytest.fixture(scope="session")
def cargo() -> Callable[[str], None]:
    """Skips a test where cargo, or a command of a component of its own, is missing."""

    def required(command: str = "", component: str = "") -> None:
        if not shutil.which("cargo"):
            pytest.skip("there is no cargo on the PATH: install Rust (https://rustup.rs)")
        if command and run_program(("cargo", command, "--version"), Path("/dev/null")):
            pytest.skip(f"cargo has no {command}: rustup component add {component}")

    return required


@pytest.fixture(scope="session")
def build(run: Run) -> None:
    """The binaries that the wrappers call."""
    run.build()


@pytest.fixture(scope="session")
def galaxy(run: Run, build: None) -> Galaxy:
    """A server that is ready for jobs."""
    return run.warm_galaxy()


@pytest.fixture(scope="session")
def client(galaxy: Galaxy) -> Client:
    return galaxy.client


@pytest.fixture
def stopped_server(run: Run) -> Iterator[None]:
    """The TrackFind server does not answer."""
    run.providers.trackfind.stop()
    yield
    run.providers.trackfind.launch()


@pytest.fixture(scope="module")
def history(client: Client, request: pytest.FixtureRequest) -> Iterator[str]:
    """A history for the tests of a module."""
    history = client.create_history(request.module.__name__)
    yield history
    client.histories.delete_history(history, purge=True)


@pytest.fixture(scope="module")
def imported(client: Client, history: str) -> tuple[str, str]:
    """The collections of three imported tracks and of their crates."""
    return three_tracks(client, history)


@pytest.fixture
def junit(subtests: pytest.Subtests) -> Callable[[Path], int]:
    """Reports each test case of a JUnit file as a test, and returns how many there are."""

    def report(file: Path) -> int:
        cases = list(ElementTree.parse(file).iter("testcase")) if file.exists() else []
        for case in cases:
            with subtests.test(case.get("name")):
                for problem in (*case.findall("failure"), *case.findall("error")):
                    pytest.fail(f"{problem.get('message') or ''}\n{problem.text or ''}".strip(), pytrace=False)
        return len(cases)

    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    report = yield
    if report.skipped and item.config.getoption("--no-skips"):
        report.outcome, report.longrepr = "failed", report.longrepr[2]
    if call.excinfo and isinstance(call.excinfo.value, Failure):
        report.sections.append(("log", call.excinfo.value.end_of_log()))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints what tests have to say beside their outcome, the seconds of each part, and where the logs of a failure are."""
    seconds: dict[str, float] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if type(report) is pytest.TestReport:
                part = Path(report.fspath).stem.removeprefix("test_").replace("_", "-")
                seconds[part] = seconds.get(part, 0) + report.duration
                if report.when == "call":
                    terminalreporter.write("".join(f"{note}\n" for kind, note in report.user_properties if kind == "note"))
    terminalreporter.section("seconds")
    terminalreporter.write_line(table([(part, f"{taken:7.1f}") for part, taken in seconds.items()]))
    run = terminalreporter.config.stash.get(RUN, None)
    if run and run.keep_folder:
        terminalreporter.write_line(f"\n  The logs are in {relative(run.folder)}/")
