"""Programs started here, and stopped again.

Each program gets a session of its own. Galaxy puts every job into a process group of its own and celery's helpers outlive
their worker, but all of them stay in the session, so the session is what is stopped.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .places import CHECKOUT
from .steps import Failure

# Seconds that programs get to end by themselves before they are killed.
PATIENCE = 10.0

# Variables that would lead a program to another installation, or leave its modules uncompiled (which makes every Galaxy
# job slower by seconds).
MISLEADING = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")


def clean_environment(**additions: str) -> dict[str, str]:
    """The caller's environment without what points elsewhere; the loopback server is never sought behind a proxy."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in MISLEADING and not name.startswith(("GALAXY_", "PLANEMO_"))
    }
    exceptions = ",".join(filter(None, (kept.get("no_proxy") or kept.get("NO_PROXY"), "127.0.0.1", "localhost")))
    return kept | {"no_proxy": exceptions, "NO_PROXY": exceptions} | additions


class Program:
    """A running program that writes to a log."""

    def __init__(
        self, command: Sequence[str | Path], log: Path, folder: Path = CHECKOUT, environment: dict[str, str] | None = None
    ):
        self.log = log
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [str(word) for word in command],
                cwd=folder,
                env=environment or clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def runs(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        stop([self])


def stop(programs: Sequence[Program]) -> None:
    """Ends the programs together, with everything that they started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for process in living(programs):
            send(process, number)
        deadline = time.monotonic() + PATIENCE
        while living(programs) and time.monotonic() < deadline:
            time.sleep(0.1)
    for program in programs:
        program.process.wait()


def living(programs: Sequence[Program]) -> list[int]:
    """The processes that are left of the programs."""
    return [process for program in programs for process in members(program.process.pid)]


def members(session: int) -> list[int]:
    """The living processes of a session, as Linux lists them."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            state, _parent, _group, of_session = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(of_session) == session and state != "Z":
            found.append(int(entry.name))
    return found


def working_in(folder: Path) -> list[int]:
    """The processes whose working directory is in the folder."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "cwd").readlink().is_relative_to(folder):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def send(process: int, number: int) -> None:
    """Signals a process that may have ended meanwhile."""
    try:
        os.kill(process, number)
    except ProcessLookupError:
        pass


def run(command: Sequence[str | Path], log: Path, environment: dict[str, str] | None = None) -> int:
    """Runs a program to its end and returns its exit status; an interruption ends the program too."""
    program = Program(command, log, environment=environment)
    try:
        return program.process.wait()
    finally:
        program.stop()


def must_run(command: Sequence[str | Path], log: Path, otherwise: str, environment: dict[str, str] | None = None) -> None:
    """Runs a program that has to succeed; `otherwise` is the sentence for people when it does not."""
    if run(command, log, environment):
        raise Failure(otherwise, log)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Holds off Ctrl-C and the polite signals while things are being stopped."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
