"""One run of a script: its folder under `.galaxy/`, the server in it, and the end of both."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from . import processes
from .environment import FTP, GALAXY, PULSAR, check_python
from .galaxy import Galaxy
from .places import CHECKOUT, PROFILE, STATE
from .providers import Providers
from .pulsar import Pulsar
from .steps import Failure, report, step

INTERRUPTED = 130


class Run:
    """Everything that one run makes, apart from the installation: a folder that no other run sees.

    The folder goes with the run. After a failure it stays, because the logs are in it, until a later run clears it away.
    """

    def __init__(self, port: int | None = None, with_pulsar: bool = False):
        self.folder = STATE / f"run-{os.getpid()}"
        self.port = port
        self.providers = Providers(self.folder / "providers")
        self.pulsar = Pulsar(self.folder / "pulsar") if with_pulsar else None
        self.galaxy: Galaxy | None = None
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
        with step("building the binaries"):
            processes.must_run(command, self.log("build"), "cargo could not build the binaries")

    def launch_galaxy(self) -> Galaxy:
        """Starts Galaxy in the background, once, with the servers that its jobs need."""
        if self.galaxy is None:
            for environment in (GALAXY, FTP, *((PULSAR,) if self.pulsar else ())):
                environment.install()
            self.providers.launch()
            if self.pulsar:
                self.pulsar.launch()
            self.galaxy = Galaxy(self.folder / "galaxy", self.providers, self.pulsar, self.port)
            self.galaxy.launch()
        return self.galaxy

    def warm_galaxy(self) -> Galaxy:
        """A server that is ready for jobs; the binaries are built."""
        galaxy = self.launch_galaxy()
        self.providers.trackfind.launch()
        if galaxy.client is None:
            with step("waiting until Galaxy is warm"):
                galaxy.warm_up()
        return galaxy


def clear_dead_runs() -> None:
    """Removes what runs left behind that have ended, together with programs that still work in their folders."""
    for folder in STATE.glob("run-*"):
        owner = int(folder.name.removeprefix("run-"))
        if Path(f"/proc/{owner}").exists():
            continue
        for process in processes.working_in(folder):
            processes.send(process, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def main(script: Callable[[], int]) -> None:
    """Runs a script to an exit status; a failure becomes a message, a polite signal an orderly end."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGHUP, end)
    sys.stdout.reconfigure(line_buffering=True)
    try:
        check_python()
        sys.exit(script())
    except Failure as failure:
        report(failure)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
