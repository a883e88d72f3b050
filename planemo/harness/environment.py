"""Galaxy and planemo, each installed in a virtual environment of its own under `.galaxy/`."""

import fcntl
import hashlib
import importlib.util
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from .places import CONSTRAINTS, STATE
from .processes import must_run
from .steps import Failure, step


@dataclass(frozen=True)
class Environment:
    """A virtual environment that holds exactly the versions of one constraints file."""

    name: str
    packages: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return STATE / self.name

    @property
    def constraints(self) -> Path:
        return CONSTRAINTS / f"constraints-{self.name.lower()}.txt"

    @property
    def stamp(self) -> Path:
        """Written last: a folder without it was left half installed."""
        return self.folder / "installed"

    def program(self, name: str) -> Path:
        return self.folder / "bin" / name

    def key(self) -> str:
        """What the installation depends on: constraints, Python, and its own place, which its scripts name."""
        parts = (self.constraints.read_text(), *self.packages, platform.python_version(), sys.executable, str(self.folder))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def version(self) -> str:
        """The version of its first package."""
        for line in self.constraints.read_text().splitlines():
            package, _, version = line.partition("==")
            if package == self.packages[0]:
                return version
        raise Failure(f"{self.constraints.name} has no line {self.packages[0]}==VERSION")

    def installed(self) -> bool:
        return self.stamp.exists() and self.stamp.read_text() == self.key()

    def install(self) -> None:
        """Installs unless the same installation stands already; another run that installs is waited for."""
        STATE.mkdir(exist_ok=True)
        with (STATE / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.installed():
                return
            with step(f"installing {self.name} {self.version()} (once)"):
                self._install(STATE / f"install-{self.name}.log")

    def _install(self, log: Path) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        log.unlink(missing_ok=True)
        must_run(
            (sys.executable, "-m", "venv", self.folder),
            log,
            "Python could not make a virtual environment: install its venv module (Debian: apt-get install python3-venv)",
        )
        must_run(
            (self.program("python"), "-m", "pip", "install", "--quiet", "--constraint", self.constraints, *self.packages),
            log,
            f"pip could not install {self.name}: check that this machine reaches its package index, then run again",
        )
        self.stamp.write_text(self.key())


GALAXY = Environment("galaxy", ("galaxy-web-apps", "galaxy-web-client"))
PLANEMO = Environment("planemo", ("planemo",))


def check_python() -> None:
    """Refuses a Python that cannot make virtual environments, before anything else is tried."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Failure("This Python has no venv module: install it (Debian: apt-get install python3-venv)")
