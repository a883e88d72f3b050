"""What `planemo/test` checks: one function and one row of `PARTS` for each part."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from . import toolbox
from .bounds import bounds
from .browser import browser, browser_installed
from .chains import chains
from .client import Client
from .crates import crates, readers_installed
from .environment import PLANEMO
from .galaxy import Galaxy
from .import_check import imports
from .oracle import oracle, oracle_installed
from .outcome import Outcome, Part, Skipped
from .places import CHECKOUT
from .postgresql import INSTALLATION, Postgresql
from .privacy import privacy
from .processes import clean_environment
from .processes import run as run_program
from .round_trip import round_trip
from .run import Run
from .schemathesis import schemathesis, schemathesis_installed
from .search_form import search_form

# The only linter that asks the network: whether bio.tools knows the tool.
NETWORK_LINTER = "BioToolsValid"
LINT_TROUBLE = (".. WARNING", ".. ERROR")

# Seconds that one test of a wrapper may take, how many run together, and characters of a failure that are shown.
LONGEST_TEST = "120"
TESTS_AT_A_TIME = "4"
LONGEST_STORY = 300


def formatting(run: Run) -> Outcome:
    """The Rust code is laid out as rustfmt would."""
    return single(run, "rustfmt", ("cargo", "fmt", "--check"))


def clippy(run: Run) -> Outcome:
    """The Rust code has no fault that clippy knows."""
    return single(run, "clippy", ("cargo", "clippy", "--all-targets", "--locked", "--", "-D", "warnings"))


def cargo_tests(run: Run) -> Outcome:
    """The tests of library and binaries."""
    log = run.log("cargo-test")
    status = run_program(("cargo", "test", "--locked", "--no-fail-fast"), log)
    said = log.read_text(errors="replace")
    passed = sum(int(count) for count in re.findall(r"^test result: \w+\. (\d+) passed", said, re.MULTILINE))
    failures = re.findall(r"^test (.+) \.\.\. FAILED$", said, re.MULTILINE)
    return Outcome(passed, failures or unexplained(status, "cargo test"), (log,))


def postgresql(run: Run) -> Outcome:
    """The query engine answers made-up queries as a real PostgreSQL does."""
    log = run.log("postgresql-oracle")
    with Postgresql(run.folder / "postgresql") as server:
        environment = server.environment(ORACLE_PSQL=str(server.programs / "psql"))
        command = ("cargo", "test", "--locked", "--test", "main", "query::postgresql_oracle", "--", "--nocapture")
        status = run_program(command, log, environment)
    differing = re.findall(r"^query: (.+)$", log.read_text(errors="replace"), re.MULTILINE)
    return Outcome(int(status == 0), differing or unexplained(status, "cargo test"), (log,))


def lint(run: Run) -> Outcome:
    """Each wrapper keeps the rules of Galaxy's own linter, warnings included, with its tests that need our servers too."""
    log, furnished = run.log("wrapper-lint"), run.folder / "wrapper-lint"
    toolbox.furnish(furnished)
    wrappers = (*toolbox.wrappers(), *(furnished / served.name for served in toolbox.served_tests()))
    options = ("--fail_level", "warn", "--skip", NETWORK_LINTER)
    status = run_program(planemo(run, "lint", *options, *wrappers), log)
    reports = log.read_text(errors="replace").split("Linting tool ")[1:]
    failures = [complaint for report in reports if (complaint := lint_complaint(report))]
    return Outcome(len(reports) - len(failures), failures or unexplained(status, "planemo lint"), (log,))


def lint_complaint(report: str) -> str:
    """The wrapper and the linter's objections to it, nothing if there are none."""
    wrapper, *lines = report.splitlines()
    troubles = [line.removeprefix(".. ") for line in lines if line.startswith(LINT_TROUBLE)]
    return f"{Path(wrapper).name}: {'; '.join(troubles)}" if troubles else ""


def wrapper_tests(run: Run) -> Outcome:
    """Every test in our wrappers, in our Galaxy."""
    galaxy = run.warm_galaxy()
    return tests_of(run, galaxy, galaxy.client, "wrapper-tests")


def wrapper_tests_by_pulsar(run: Run) -> Outcome:
    """The same tests, their jobs run through Pulsar."""
    galaxy = run.warm_galaxy()
    outcome = tests_of(run, galaxy, galaxy.pulsar_client, "wrapper-tests-pulsar")
    runners = galaxy.pulsar_client.runners()
    elsewhere = [] if list(runners) == ["pulsar"] else [f"not all jobs ran through Pulsar: {dict(runners)}"]
    logs = (*outcome.logs, galaxy.configuration.pulsar.program.log)
    return Outcome(outcome.passed, [*outcome.failures, *elsewhere], logs)


def tests_of(run: Run, galaxy: Galaxy, client: Client, name: str) -> Outcome:
    """The tests with one user's key, some at a time, by the program that planemo has for a server that runs already."""
    log, results = run.log(name), run.folder / f"{name}.json"
    server = ("--galaxy-url", galaxy.configuration.address)
    keys = ("--key", client.key, "--admin-key", galaxy.configuration.bootstrap_key)
    options = ("--parallel-tests", TESTS_AT_A_TIME, "--with-reference-data", "--append", "--output-json", results)
    failures, environment = [], clean_environment(GALAXY_TEST_DEFAULT_WAIT=LONGEST_TEST, TMPDIR=str(run.folder))
    for tool in map(toolbox.tool_id, toolbox.wrappers()):
        command = (PLANEMO.programs / "galaxy-tool-test", *server, *keys, *options, "--tool-id", tool)
        before = len(tests_in(results))
        status = run_program(command, log, environment)
        tests = tests_in(results)[before:]
        bad = [problem(test) for test in tests if test["status"] != "success"]
        failures += bad or unexplained(status, f"galaxy-tool-test of {tool}") or ([] if tests else [f"{tool} has no tests"])
    passed = sum(test["status"] == "success" for test in tests_in(results))
    return Outcome(passed, failures, (log, client.log))


def tests_in(results: Path) -> list[dict]:
    """What the tests until now have come to."""
    return [test["data"] for test in json.loads(results.read_text())["tests"]] if results.exists() else []


def problem(test: dict) -> str:
    """Which test of which wrapper failed and why, in Galaxy's words, on one line; of a long story the end."""
    said = test.get("output_problems") or [test.get("execution_problem") or test.get("problem_log") or test["status"]]
    story = " ".join("; ".join(map(str, said)).split())
    end = story if len(story) <= LONGEST_STORY else "…" + story[-LONGEST_STORY:]
    return f"{test['tool_id']}, test {test['test_index'] + 1}: {end}"


def single(run: Run, name: str, command: Sequence[str]) -> Outcome:
    """A program that counts as one test: its exit status."""
    log = run.log(name)
    failed = run_program(command, log) != 0
    return Outcome(int(not failed), [" ".join(command)] if failed else [], (log,))


def unexplained(status: int, program: str) -> list[str]:
    """The failure of a program that failed without naming a test, as when the code does not compile."""
    return [f"{program} ended with status {status}"] if status else []


def planemo(run: Run, verb: str, *arguments: str | Path) -> tuple[str | Path, ...]:
    """A planemo command that leaves nothing outside the run's folder."""
    return (PLANEMO.programs / "planemo", "--directory", run.folder / "planemo", verb, *arguments)


def planemo_installed(_run: Run) -> None:
    PLANEMO.install()


def postgresql_installed(_run: Run) -> None:
    INSTALLATION.install()


def cargo_installed(_run: Run) -> None:
    if not shutil.which("cargo"):
        raise Skipped("there is no cargo on the PATH: install Rust (https://rustup.rs)")


def cargo_with(command: str, component: str) -> Callable[[Run], None]:
    """Skips a part where cargo lacks a command that comes with a component of its own."""

    def required(run: Run) -> None:
        cargo_installed(run)
        asked = ("cargo", command, "--version")
        if subprocess.run(asked, cwd=CHECKOUT, env=clean_environment(), capture_output=True, check=False).returncode:
            raise Skipped(f"cargo has no command {command}: install it (rustup component add {component})")

    return required


PARTS = (
    Part("rustfmt", formatting, (cargo_with("fmt", "rustfmt"),)),
    Part("clippy", clippy, (cargo_with("clippy", "clippy"),)),
    Part("cargo-tests", cargo_tests, (cargo_installed,)),
    Part("oracle", oracle, (Run.build, oracle_installed)),
    Part("postgresql", postgresql, (cargo_installed, postgresql_installed)),
    Part("schemathesis", schemathesis, (Run.build, schemathesis_installed)),
    Part("crates", crates, (Run.build, readers_installed)),
    Part("wrapper-lint", lint, (planemo_installed,)),
    Part("chains", chains, (Run.build, planemo_installed, Run.warm_galaxy)),
    Part("privacy", privacy, (Run.build, Run.warm_galaxy)),
    Part("walk-bounds", bounds, (Run.build, Run.warm_galaxy)),
    Part("round-trip", round_trip, (Run.build, Run.warm_galaxy)),
    Part("imports", imports, (Run.build, Run.warm_galaxy)),
    Part("search-form", search_form, (Run.build, planemo_installed, Run.warm_galaxy)),
    Part("browser", browser, (Run.build, browser_installed, Run.warm_galaxy)),
    Part("wrapper-tests", wrapper_tests, (Run.build, planemo_installed, Run.warm_galaxy)),
    Part("wrapper-tests", wrapper_tests_by_pulsar, (Run.build, planemo_installed, Run.warm_galaxy), "pulsar"),
)
