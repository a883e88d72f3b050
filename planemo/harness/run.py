"""One run of a script: its folder under `.galaxy/`, the server in it, and the end of both."""

import logging
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from . import processes
from .environment import GALAXY, PLANEMO, PULSAR, Environment
from .places import CHECKOUT, PROFILE, STATE, relative
from .pulsar import Pulsar
from .steps import LOG, Failure, last_line, step

if TYPE_CHECKING:
    from .galaxy import Galaxy
    from .providers import Providers

INTERRUPTED = 130
FIRST_START = """  First start, about ten minutes: installs Galaxy and planemo into {folder}/ (1.5 GB), builds the tools, starts Galaxy.
  Later starts take about a minute."""


class Run:
    """Everything that one run makes, apart from the installation: a folder that no other run sees.

    The folder goes with the run. After a failure it stays, because the logs are in it, until a later run clears it away.
    """

    def __init__(self, port: int | None = None, with_pulsar: bool = False):
        self.folder = run_folder()
        self.port = port
        self.providers: "Providers | None" = None
        self.pulsar = Pulsar(self.folder / "pulsar") if with_pulsar else None
        self.galaxy: "Galaxy | None" = None
        self.keep_folder = False

    def __enter__(self) -> "Run":
        STATE.mkdir(exist_ok=True)
        clear_dead_runs()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        return self

    def __exit__(self, kind: type | None, *_: object) -> None:
        with processes.uninterrupted():
            if self.galaxy:
                with step("stopping Galaxy"):
                    self.galaxy.stop()
            for server in filter(None, (self.pulsar, self.providers)):
                server.stop()
            if not (self.keep_folder or (kind and issubclass(kind, Failure))):
                shutil.rmtree(self.folder, ignore_errors=True)

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def build(self) -> None:
        """Builds the binaries that the wrappers call."""
        if not shutil.which("cargo"):
            raise Failure("There is no cargo on the PATH: install Rust (https://rustup.rs), then run again")
        command = ("cargo", "build", "--profile", PROFILE, "--locked", "--manifest-path", CHECKOUT / "Cargo.toml")
        log = self.log("build")
        with step("building the binaries", "the first time about five minutes", partial(last_line, log)):
            processes.must_run(command, log, "cargo could not build the binaries")

    def launch_galaxy(self) -> "Galaxy":
        """Starts Galaxy in the background, once, with the servers that its jobs need."""
        # Both need packages that scripts without Galaxy run without.
        from .galaxy import Galaxy
        from .providers import Providers

        if self.galaxy is None:
            for environment in (GALAXY, *((PULSAR,) if self.pulsar else ())):
                environment.install()
            self.providers = Providers(self.folder / "providers")
            self.providers.launch()
            if self.pulsar:
                self.pulsar.launch()
            self.galaxy = Galaxy(self.folder / "galaxy", self.providers, self.pulsar, self.port)
            self.galaxy.launch()
        return self.galaxy

    def warm_galaxy(self) -> "Galaxy":
        """A server that is ready for jobs; the binaries are built."""
        galaxy = self.launch_galaxy()
        self.providers.trackfind.launch()
        if galaxy.client is None:
            with step("waiting until Galaxy is warm", "about a minute", galaxy.stage):
                galaxy.warm_up()
        return galaxy


def run_folder() -> Path:
    """The folder of this process; `clear_dead_runs` knows the process by it."""
    return STATE / f"run-{os.getpid()}"


def clear_dead_runs() -> None:
    """Removes what runs left behind that have ended, together with programs that still work in their folders."""
    for folder in STATE.glob("run-*"):
        owner = int(folder.name.removeprefix("run-"))
        if Path(f"/proc/{owner}").exists():
            continue
        for process in processes.working_in(folder):
            processes.send(process, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def main(script: Callable[[], int], environment: Environment | None = None) -> None:
    """Runs a script to an exit status, in an environment if one is given; a failure becomes a message, a signal an orderly end."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    logging.basicConfig(format="%(message)s", stream=sys.stdout)
    LOG.setLevel(logging.INFO)
    try:
        # Help needs nothing installed.
        if environment and not {"-h", "--help"} & set(sys.argv):
            if environment is PLANEMO and not environment.installed():
                LOG.info(FIRST_START.format(folder=relative(STATE)))
            environment.enter()
        sys.exit(script())
    except Failure as failure:
        sys.exit(f"{failure.end_of_log()}\n\n{failure}".lstrip())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
